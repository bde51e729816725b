import RosterCompiler
import RosterFrontend

/// `provider-added`: a provider is added.
enum ProviderAdded: ProviderRisk {
    static let name = "provider-added"
    static let risk = Risk.medium
    static let summary = "a provider is added"
    static let explanation = """
        Programs can use it as soon as this is merged.
        """
    static let example = RiskExample(
        .add("providers/acme/local.yaml", RuleExample.ollama())
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        pair.before == nil ? "it is new" : nil
    }
}
