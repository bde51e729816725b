import RosterCompiler
import RosterFrontend

/// `provider-deleted`: a provider is deleted.
enum ProviderDeleted: ProviderRisk {
    static let name = "provider-deleted"
    static let risk = Risk.high
    static let summary = "a provider is deleted"
    static let explanation = """
        Programs that request its id get an error. Ask which programs still do.
        """
    static let example = RiskExample(
        given: [.add("providers/acme/local.yaml", RuleExample.ollama())],
        .delete("providers/acme/local.yaml")
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        pair.after == nil ? "programs that request it get an error" : nil
    }
}
