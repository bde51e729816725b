import RosterCompiler
import RosterSemantics

/// `known-secret-used`: a provider is added that uses a secret the base already had.
enum KnownSecretUsed: ProviderRisk {
    static let name = "known-secret-used"
    static let risk = Risk.high
    static let summary = "a provider is added that uses a secret the base already had"
    static let explanation = """
        The key works immediately, without a new sealed value. Ask whether the author may use it.
        """
    static let example = RiskExample(
        .add("providers/acme/gpt-4o-mini.yaml", RiskExample.secondProvider)
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard pair.before == nil, let after = pair.after, let id = after.record.secretID,
            context.isInBase(secretLinkedBy: after)
        else { return nil }
        return "it uses the key \(after.file.project)/\(after.record.secret ?? id), which is in use already"
    }
}
