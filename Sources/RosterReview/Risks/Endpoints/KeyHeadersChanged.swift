import RosterBytes
import RosterCompiler
import RosterJSON
import RosterModel
import RosterSemantics

/// `key-headers-changed`: a header of requests with a key is added, changed or removed.
enum KeyHeadersChanged: ProviderRisk {
    static let name = "key-headers-changed"
    static let risk = Risk.high
    static let summary = "a header of requests with a key is added, changed or removed"
    static let explanation = """
        Gateways choose the host, the account and the cache of a request by its headers. So config.headers of a \
        provider with a secret controls who receives the key, like its address. Ask how the gateway interprets \
        the header.
        """
    static let example = RiskExample(
        given: [
            .replace(RiskExample.provider, "provider: openai", with: "provider: gateway"),
            RiskExample.withBaseURL,
        ],
        .append(RiskExample.provider, "config:\n  headers:\n    x-portkey-custom-host: https://llm.example.com\n")
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, after.record.secret != nil else { return nil }
        let (was, now) = (HeaderFields(before.keyHeaders), HeaderFields(after.keyHeaders))
        guard was != now else { return nil }
        let names = was.names(differingFrom: now)
        let shown = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
        return names.isEmpty
            ? "the headers of requests with the key differ"
            : "requests with the key have \(names.count == 1 ? "another header" : "other headers"): \(shown)"
    }
}

/// The headers of a `config`, those of one name in their order.
private struct HeaderFields: Equatable {
    private struct Field: Equatable {
        var name: String
        var value: JSONValue
    }

    private var fields: [Field] = []
    /// A value that is not an object, in a file with errors.
    private var other: JSONValue?

    init(_ headers: JSONValue?) {
        guard let object = headers?.object else {
            other = headers
            return
        }
        let ordered = object.members.enumerated().sorted { one, two in
            let names = (one.element.name.lowercased(), two.element.name.lowercased())
            return names.0 == names.1 ? one.offset < two.offset : names.0.precedesInBytes(names.1)
        }
        fields = ordered.map { Field(name: $0.element.name, value: $0.element.value) }
    }

    /// The names of fields that only one side has, in order.
    func names(differingFrom others: HeaderFields) -> [String] {
        let differing = fields.filter { !others.fields.contains($0) } + others.fields.filter { !fields.contains($0) }
        return Set(differing.map(\.name)).sorted { $0.precedesInBytes($1) }
    }
}
