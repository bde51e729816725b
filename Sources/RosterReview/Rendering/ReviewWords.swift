import RosterBytes
import RosterCompiler
import RosterDiagnostics
package import RosterJSON
import RosterModel

/// Text that several formats use.
enum ReviewWords {
    /// Returns a value for display; nil is an absent value.
    static func value(_ value: JSONValue?) -> String {
        switch value {
        case nil: "none"
        case .null?: "null"
        case .boolean(let value)?: value ? "true" : "false"
        case .integer(let number)?: String(number)
        case .float(let number)?: number.description
        case .string(let text)?: text
        case .array(let elements)? where elements.allSatisfy { $0.string != nil }:
            elements.isEmpty ? "[]" : elements.map { Self.value($0) }.joined(separator: ", ")
        case .array?, .object?: json(value)
        }
    }

    private static func json(_ value: JSONValue?) -> String {
        var json = JSONWriter(.compact)
        if let value { json.value(value) }
        return json.text
    }

    /// Returns a number with a noun.
    static func count(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }

    /// Returns the summary of a review: "3 changes: 1 critical, 2 low; 2 new errors in the head".
    static func verdict(_ rows: [Change], newErrors: Int) -> String {
        let errors = newErrors > 0 ? "\(count(newErrors, "new error")) in the head" : nil
        guard !rows.isEmpty else { return errors.map { "no changes that can be read, \($0)" } ?? "no changes" }
        var risks: [Risk: Int] = [:]
        for row in rows { risks[row.risk, default: 0] += 1 }
        return "\(count(rows.count, "change")): \(risks.words)" + (errors.map { "; \($0)" } ?? "")
    }

    /// Returns a row as one line, for lists without room for more.
    static func line(_ change: Change) -> String {
        "\(change.risk.name) \(change.kind.rawValue) \(change.action.rawValue) \(name(change)): "
            + (change.reasons.first?.text ?? "")
    }

    /// Returns notes about sides that do not compile, and about the comparison.
    static func notes(_ review: Review) -> [String] {
        var notes: [String] = []
        for (name, side) in [("base", review.base), ("head", review.head)] where side.errors > 0 {
            notes.append("the \(name) has \(count(side.errors, "error")), and its readable records are compared")
        }
        return notes + review.notes
    }

    /// Returns a sentence with hosts instead of origins, if all of them use HTTPS.
    static func withoutScheme(_ text: String) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let origins = words.filter { $0.contains("://") }
        guard origins.allSatisfy({ $0.hasPrefix("https://") }) else { return text }
        return words.map { $0.hasPrefix("https://") ? $0.dropFirst(8) : $0 }.joined(separator: " ")
    }

    /// Returns a record's name, with its id if it has one.
    static func name(_ change: Change) -> String {
        switch (change.handle, change.id) {
        case (let handle?, let id?): "\(handle) (\(id))"
        case (let name?, nil), (nil, let name?): name
        case (nil, nil): change.path
        }
    }
}

extension Change {
    /// Returns a value for display.
    package static func words(_ value: JSONValue?) -> String { ReviewWords.value(value) }
}
