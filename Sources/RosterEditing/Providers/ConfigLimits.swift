import RosterCompiler
import RosterFrontend
import RosterJSON
import RosterModel
import YAMLSyntax

/// The limits of the format for `config`.
enum ConfigLimits {
    /// YAML parsers search for the colon of a key only within 1,024 characters.
    private static let keyLimit = 1_000

    /// Rejects values that no layout can represent.
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
