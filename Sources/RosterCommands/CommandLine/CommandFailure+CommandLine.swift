import ArgumentParser
import RosterCompiler
import RosterFrontend
import RosterModel
import RosterEditing

extension CommandFailure {
    /// Explains why the parser refused the words of a command line.
    ///
    /// Nil when it refused nothing, but was asked for a help text or the version.
    static func commandLine(_ words: [String], _ error: any Error) -> CommandFailure? {
        let isRefused = RosterCommand.exitCode(for: error) == .validationFailure
        guard isRefused || !words.contains("--version") else { return nil }
        let root = CommandShape.root
        let fault = root.flatMap { CommandLineReader.fault(of: words, root: $0) }
        guard isRefused || fault?.isInCommand == true else { return nil }
        guard let fault, let root else {
            let path = root.map { CommandLineReader.path(of: words, root: $0) } ?? []
            return .usage(message(of: error, words), help: "see \(helpCommand(path))")
        }
        let line = intended(by: fault, root).flatMap(ShellLine.text)
        let help = [fault.help, line].compactMap(\.self).joined(separator: ": ")
        let parts = [help.isEmpty ? nil : help, fault.remark].compactMap(\.self)
        return .usage(
            fault.message,
            help: parts.isEmpty ? "see \(helpCommand(fault.path))" : parts.joined(separator: "; ")
        )
    }

    /// Returns the words that the user probably intended, in a form that the parser accepts.
    private static func intended(by fault: CommandLineFault, _ root: CommandShape) -> [String]? {
        guard var words = fault.intended else { return nil }
        // Each round fixes one fault; a line that has more is not worth guessing at.
        for _ in 0..<8 {
            guard let next = CommandLineReader.fault(of: words, root: root) else { break }
            guard let intended = next.intended else {
                return CommandLineReader.path(of: words, root: root) + ["--help"]
            }
            words = intended
        }
        let candidates = [
            words, CommandLineReader.completed(words, root: root),
            CommandLineReader.path(of: words, root: root) + ["--help"],
        ]
        return candidates.first(where: isUnderstood)
    }

    private static func isUnderstood(_ words: [String]) -> Bool {
        do {
            _ = try RosterCommand.parseAsRoot(ParserWords.read(words))
            return true
        } catch { return RosterCommand.exitCode(for: error) == .success }
    }

    /// The parser's own message, in the form that the program's have.
    private static func message(of error: any Error, _ words: [String]) -> String {
        var message = RosterCommand.message(for: error)
        for word in words where ShownText.isRandom(word) { message = message.replacing(word, with: "[redacted]") }
        message = MaskedText(message.excerpt(4_096), showing: []).text.excerpt(600)
        return message.prefix(1).lowercased() + message.dropFirst()
    }

    private static func helpCommand(_ path: [String]) -> String {
        (["roster"] + path + ["--help"]).joined(separator: " ")
    }
}

extension CommandLineReader {
    /// The words with something for the first argument that may be left out: some commands want it, or an option for it.
    static func completed(_ words: [String], root: CommandShape) -> [String] {
        let command = path(of: words, root: root).reduce(root) { $0.command(named: $1) ?? $0 }
        guard let argument = command.arguments.first(where: { !$0.isRequired }) else { return words }
        return words + [placeholder(argument.name)]
    }

    /// The command that words lead to.
    static func path(of words: [String], root: CommandShape) -> [String] {
        var path: [String] = []
        var command = root
        for word in words {
            guard let next = command.command(named: word) else { continue }
            path.append(next.name)
            command = next
        }
        return path
    }
}
