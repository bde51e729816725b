import ArgumentParser
import RosterCompiler
import RosterDiagnostics
import RosterEditing

/// How a command prints what it lists or shows.
enum ListFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json
}

extension EditSession {
    /// Prints records: as JSON an array, for people a line each.
    func list<Element>(
        _ elements: [Element],
        as format: ListFormat,
        row: (Element) -> [String],
        json write: (Element, inout JSONWriter) -> Void
    ) throws {
        guard format == .json else {
            for line in TextTable.lines(elements.map(row)) { try sayMasked(line) }
            return
        }
        try print { json in
            json.array { json in
                for element in elements {
                    json.element()
                    write(element, &json)
                }
            }
        }
    }

    /// Prints a JSON document.
    func print(_ body: (inout JSONWriter) -> Void) throws {
        var json = JSONWriter(.pretty, escapingInvisible: true)
        body(&json)
        json.endLine()
        try context.standardOutput.write(json.bytes)
    }

    /// Prints a line of results with keys hidden.
    func sayMasked(_ line: String) throws {
        let bytes = Array(line.utf8)
        try say(MaskedText(bytes).text(0..<bytes.count))
    }
}

/// A number of things.
func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
