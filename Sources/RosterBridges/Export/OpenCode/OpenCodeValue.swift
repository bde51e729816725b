import RosterBytes
import RosterJSON

/// A value of `opencode.json`.
///
/// opencode replaces `{env:…}` and `{file:…}` in the text of the file, in names too, before it reads the text as JSON.
indirect enum OpenCodeValue {
    /// A text, which is never replaced.
    case text(String)
    /// The value of a variable.
    case variable(String)
    /// An object.
    case object([Member])

    /// A member of an object.
    typealias Member = (name: String, value: OpenCodeValue)

    /// Writes the value.
    func write(to json: inout JSONWriter) {
        switch self {
        case .text(let text): json.encoded(Self.literal(text).utf8)
        case .variable(let name): json.string("{env:\(name)}")
        case .object(let members):
            json.object { json in
                for member in members {
                    json.element()
                    json.encoded((Self.literal(member.name) + ": ").utf8)
                    member.value.write(to: &json)
                }
            }
        }
    }

    /// Returns a JSON string without a brace.
    private static func literal(_ text: String) -> String {
        var json = JSONWriter(.compact)
        json.string(text)
        return json.text.replacing("{", with: "\\u007b")
    }
}
