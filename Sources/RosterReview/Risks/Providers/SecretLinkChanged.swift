import RosterBytes
import RosterCompiler
import RosterSemantics

/// `secret-link-changed`: a provider's secret link changes.
enum SecretLinkChanged: ProviderRisk {
    static let name = "secret-link-changed"
    static let risk = Risk.high
    static let summary = "a provider's secret link changes"
    static let explanation = """
        A different key pays for its requests and limits what they can do. A link to the same secret under a new \
        handle is not reported.
        """
    static let example = RiskExample(
        given: [
            .add("secrets/acme/openai-test.yaml", RiskExample.secondSecret),
            .add(
                "providers/acme/gpt-4o-test.yaml",
                RiskExample.secondProvider.replacing("openai-prod", with: "openai-test")
            ),
        ],
        .replace(RiskExample.provider, "secret: openai-prod", with: "secret: openai-test")
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both else { return nil }
        func name(_ provider: ReviewedProvider) -> String {
            guard let secret = provider.record.shownSecret else { return "no key" }
            let isUnresolved = provider.record.secretID == nil
            return "\(provider.file.project)/\(secret)\(isUnresolved ? " (unresolved)" : "")"
        }
        if before.record.secretID != after.record.secretID {
            return "it uses \(name(after)) instead of \(name(before))"
        }
        // Links that neither side can resolve are compared by name.
        guard before.record.secretID == nil, before.record.secret != after.record.secret else { return nil }
        return "it links \(name(after)) instead of \(name(before))"
    }
}
