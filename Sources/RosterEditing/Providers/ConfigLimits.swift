import RosterCompiler
import RosterJSON
import RosterModel
import YAMLSyntax

/// What a file can hold under `config`.
enum ConfigLimits {
    /// A key is found by its colon, which no reader looks for further than 1,024 characters away.
    private static let keyLimit = 1_000

    /// Refuses what no layout could hold.
    static func check(_ fields: JSONObject) throws(EditFailure) {
        guard let config = fields["config"] else { return }
        try check(config, depth: 2)
    }

    private static func check(_ value: JSONValue, depth: Int) throws(EditFailure) {
        let inner: [JSONValue]
        switch value {
        case .object(let object):
            for member in object.members where PlainText.scalar(member.name).utf8.count > keyLimit {
                throw EditFailure(.invalid, "a key of config has more than \(keyLimit) bytes", help: "shorten it")
            }
            inner = object.members.map(\.value)
        case .array(let elements): inner = elements
        default: return
        }
        guard depth <= YAMLReader.nestingLimit else {
            throw EditFailure(
                .invalid,
                "config is nested too deeply: a file may be \(YAMLReader.nestingLimit) deep",
                help: "leave out levels that hold one thing each"
            )
        }
        for value in inner { try check(value, depth: depth + 1) }
    }
}
