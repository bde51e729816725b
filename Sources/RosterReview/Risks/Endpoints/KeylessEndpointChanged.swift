import RosterCompiler
import RosterFrontend
import RosterModel
import RosterSemantics

/// `keyless-endpoint-changed`: requests without a key go elsewhere.
enum KeylessEndpointChanged: ProviderRisk {
    static let name = "keyless-endpoint-changed"
    static let risk = Risk.medium
    static let summary = "requests without a key go elsewhere"
    static let explanation = """
        No key is affected, but prompts and responses are.
        """
    static let example = RiskExample(
        given: [.add("providers/acme/local.yaml", RuleExample.ollama())],
        .replace(
            "providers/acme/local.yaml",
            "provider: ollama\n",
            with: "provider: ollama\nbaseUrl: http://127.0.0.1:11435/v1\n"
        )
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, after.record.secret == nil else { return nil }
        guard before.record.endpoint?.base != after.record.endpoint?.base || before.record.slug != after.record.slug
        else { return nil }
        return "the destination or the form of its requests changes; they carry no key"
    }
}
