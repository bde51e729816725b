import RosterBytes
import RosterDiagnostics
import RosterEditing

/// Asks the user questions on the terminal.
struct Question: Respondent {
    let context: CommandContext

    /// A Boolean value that indicates whether there is a terminal.
    var canAsk: Bool { context.isInteractive }

    /// Returns a line that is not empty, or the default for an empty one.
    func ask(_ words: String, orElse fallback: String? = nil) throws -> String {
        while true {
            try write("\(words)\(fallback.map { " [\($0)]" } ?? ""): ")
            guard let line = try context.standardInput.readLine() else { throw CommandFailure(exitCode: 130) }
            let answer = line.filter { !$0.isNewline }
            if !answer.isEmpty { return answer }
            if let fallback { return fallback }
        }
    }

    /// Returns a choice from a list, by number or by name.
    func choose(_ words: String, among choices: [(name: String, title: String)]) throws -> String {
        for (number, choice) in choices.enumerated() {
            let padding = String(repeating: " ", count: number < 9 ? 1 : 0)
            try write("  \(padding)\(number + 1)  \(choice.name)\(choice.title.isEmpty ? "" : "  (\(choice.title))")\n")
        }
        while true {
            let answer = try ask(words)
            if let number = Int(answer), choices.indices.contains(number - 1) { return choices[number - 1].name }
            if choices.contains(where: { $0.name == answer }) { return answer }
            try write("write a number from 1 to \(choices.count), or a name from the list\n")
        }
    }

    private func write(_ text: String) throws {
        let isLine = text.last == "\n"
        try context.standardError.write(
            PrintableText.escape(String(isLine ? text.dropLast() : text[...])) + (isLine ? "\n" : "")
        )
    }
}
