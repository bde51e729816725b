import RosterCompiler
import RosterSemantics

/// `generation-out-of-step`: fingerprint or hosts change and the generation is not exactly one higher, or falls.
enum GenerationOutOfStep: SecretRisk {
    static let name = "generation-out-of-step"
    static let risk = Risk.critical
    static let summary = "fingerprint or hosts change and the generation is not exactly one higher, or falls"
    static let explanation = """
        roster increases the generation by one each time value or hosts change. Any other step is a manual edit, \
        most likely a restored older file: a key that was replaced because it leaked would be used again, and \
        its box opens.
        """
    static let example = RiskExample(
        given: [.replace(RiskExample.secret, "generation: 1", with: "generation: 4")],
        .replace(RiskExample.secret, "generation: 4", with: "generation: 3"),
        .replace(RiskExample.secret, "0f1e2d3c", with: "a1b2c3d4"),
        .replace(RiskExample.secret, "BBBB", with: "DDDD")
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, let was = before.record.generation, let now = after.record.generation
        else { return nil }
        let isOther =
            before.record.fingerprint != after.record.fingerprint
            || Set(before.record.allowedHosts ?? []) != Set(after.record.allowedHosts ?? [])
        guard now < was || isOther && now != was + 1 else { return isOther ? lagsTip(before, after, context) : nil }
        if now == was { return "value or hosts change, and its generation stays \(was)" }
        return "its generation goes from \(was) to \(now)\(now < was ? ", back to what it was once" : "")"
    }

    /// Returns the reason if the target branch has replaced the value or the hosts in the meantime.
    private static func lagsTip(
        _ before: ReviewedSecret,
        _ after: ReviewedSecret,
        _ context: ReviewContext
    ) -> String? {
        guard let tip = context.tipSecret(after.record.id), let latest = tip.generation,
            let now = after.record.generation,
            tip.generation != before.record.generation || tip.fingerprint != before.record.fingerprint,
            tip.fingerprint != after.record.fingerprint || latest != now
        else { return nil }
        guard now != latest + 1 else { return nil }
        return "its generation is \(now), and the target branch has a different value at \(latest)"
    }
}
