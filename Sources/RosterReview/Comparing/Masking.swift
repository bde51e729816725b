import RosterCompiler
import RosterModel

/// Hides keys in everything that a row shows.
enum Masking {
    private static let mark = "[redacted]"

    /// The row with each match of a key's shape, and each value under a key's name, hidden.
    static func mask(_ change: Change) -> Change {
        var change = change
        change.handle = change.handle.map(text)
        // Each name by itself: what stands beside a slash is not taken for the start of a key.
        change.path = change.path.split(separator: "/", omittingEmptySubsequences: false).map { text(String($0)) }
            .joined(separator: "/")
        for index in change.reasons.indices { change.reasons[index].text = text(change.reasons[index].text) }
        for index in change.fields.indices {
            let field = change.fields[index]
            let isKey = field.path.split(whereSeparator: { ".\"".contains($0) })
                .dropFirst().contains { KeyName.isKeyName(String($0)) }
            change.fields[index].before = field.before.map { isKey ? .string(mark) : value($0) }
            change.fields[index].after = field.after.map { isKey ? .string(mark) : value($0) }
            change.fields[index].path = text(field.path)
        }
        return change
    }

    /// A text as it may be shown.
    static func text(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return MaskedText(bytes).text(0..<bytes.count)
    }

    private static func value(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(Self.text(text))
        case .array(let elements): .array(elements.map(Self.value))
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { member in
                        JSONObject.Member(
                            name: text(member.name),
                            value: KeyName.isKeyName(member.name) ? .string(mark) : Self.value(member.value)
                        )
                    }
                )
            )
        case .null, .boolean, .integer, .float: value
        }
    }
}
