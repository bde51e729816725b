import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterFrontend
import RosterJSON

extension EditSession {
    /// Prints records: in JSON an array, in text a line each, in which a record's destinations are never hidden.
    func list<Element>(
        _ elements: [Element],
        as format: ListFormat,
        row: (Element) -> [String],
        showing destinations: (Element) -> [String] = { _ in [] },
        json write: (Element, inout JSONWriter) -> Void
    ) throws {
        guard format == .json else {
            for (element, line) in zip(elements, TextTable.lines(elements.map(row))) {
                try printMasked(line, showing: destinations(element))
            }
            return
        }
        try print { json in
            json.array(of: elements, write)
        }
    }

    /// Prints a JSON document.
    func print(_ body: (inout JSONWriter) -> Void) throws {
        var json = JSONWriter(.pretty, escapingInvisible: true)
        body(&json)
        json.endLine()
        try context.standardOutput.write(json.bytes)
    }

    /// Prints a line of results with keys hidden, but for the hosts of destinations.
    func printMasked(_ line: String, showing destinations: [String] = []) throws {
        let hosts = destinations.filter(DestinationText.isValid).map { String(DestinationText.authority(of: $0)) }
        try printLine(MaskedText(line, showing: hosts).text)
    }
}

/// Returns a number with a noun.
func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
