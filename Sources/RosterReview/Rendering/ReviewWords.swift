import RosterCompiler
import RosterDiagnostics
package import RosterJSON
import RosterModel

/// Words that more than one format uses.
enum ReviewWords {
    /// A value as people read it; nil stands for nothing.
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
        if let value { RegistryEncoder.write(value, to: &json) }
        return json.text
    }

    /// A number of things.
    static func count(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }

    /// What the review comes to: "3 changes: 1 critical, 2 low; 2 new errors in the head".
    static func verdict(_ rows: [Change], newErrors: Int) -> String {
        let errors = newErrors > 0 ? "\(count(newErrors, "new error")) in the head" : nil
        guard !rows.isEmpty else { return errors.map { "no changes that can be read, \($0)" } ?? "no changes" }
        var risks: [Risk: Int] = [:]
        for row in rows { risks[row.risk, default: 0] += 1 }
        return "\(count(rows.count, "change")): \(risks.words)" + (errors.map { "; \($0)" } ?? "")
    }

    /// A row as one line, for lists that have no room for more.
    static func line(_ change: Change) -> String {
        "\(change.risk.name) \(change.kind.rawValue) \(change.action.rawValue) \(name(change)): "
            + (change.reasons.first?.text ?? "")
    }

    /// What is said of sides that do not compile, and of how the comparison was made.
    static func notes(_ review: Review) -> [String] {
        var notes: [String] = []
        for (name, side) in [("base", review.base), ("head", review.head)] where side.errors > 0 {
            notes.append("the \(name) has \(count(side.errors, "error")), and what can be read of it is compared")
        }
        return notes + review.notes
    }

    /// Returns a sentence with hosts in place of origins, where all of them are reached by HTTPS.
    static func withoutScheme(_ text: String) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let origins = words.filter { $0.contains("://") }
        guard origins.allSatisfy({ $0.hasPrefix("https://") }) else { return text }
        return words.map { $0.hasPrefix("https://") ? $0.dropFirst(8) : $0 }.joined(separator: " ")
    }

    /// A record's name, with its id where it has one.
    static func name(_ change: Change) -> String {
        switch (change.handle, change.id) {
        case (let handle?, let id?): "\(handle) (\(id))"
        case (let name?, nil), (nil, let name?): name
        case (nil, nil): change.path
        }
    }
}

extension Change {
    /// A value as people read it.
    package static func words(_ value: JSONValue?) -> String { ReviewWords.value(value) }
}
