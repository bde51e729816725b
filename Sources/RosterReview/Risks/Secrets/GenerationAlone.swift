import RosterCompiler
import RosterSemantics

/// `generation-alone`: the generation increases, and neither value nor hosts change.
enum GenerationAlone: SecretRisk {
    static let name = "generation-alone"
    static let risk = Risk.medium
    static let summary = "the generation increases, and neither value nor hosts change"
    static let explanation = """
        The generation is part of the box: unless the value was sealed again with it, the secret no longer \
        opens. roster increases it only together with a value or a host.
        """
    static let example = RiskExample(
        .replace(RiskExample.secret, "generation: 1", with: "generation: 2")
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, let was = before.record.generation, let now = after.record.generation,
            now > was, before.record.fingerprint == after.record.fingerprint,
            Set(before.record.allowedHosts ?? []) == Set(after.record.allowedHosts ?? [])
        else { return nil }
        return "its generation is \(now) instead of \(was), for the same value and hosts"
    }
}
