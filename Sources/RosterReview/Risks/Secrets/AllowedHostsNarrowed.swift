import RosterModel
import RosterCompiler
import RosterSemantics

/// `allowed-hosts-narrowed`: allowedHosts is narrowed.
enum AllowedHostsNarrowed: SecretRisk {
    static let name = "allowed-hosts-narrowed"
    static let risk = Risk.medium
    static let summary = "allowedHosts is narrowed"
    static let explanation = """
        The key may be sent to fewer hosts. A provider that needs a removed one no longer compiles.
        """
    static let example = RiskExample(
        given: [.replace(RiskExample.secret, "[api.openai.com]", with: "[api.openai.com, eu.api.openai.com]")],
        .replace(RiskExample.secret, "[api.openai.com, eu.api.openai.com]", with: "[api.openai.com]"),
        .replace(RiskExample.secret, "generation: 1", with: "generation: 2"),
        .replace(RiskExample.secret, "BBBB", with: "DDDD")
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, let was = before.record.allowedHosts, let now = after.record.allowedHosts
        else { return nil }
        let removed = HostCoverage.uncovered(was, by: now)
        return removed.isEmpty ? nil : "the key may no longer go to \(removed.map(\.text).joined(separator: ", "))"
    }
}
