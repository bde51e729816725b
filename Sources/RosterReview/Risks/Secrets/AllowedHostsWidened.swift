import RosterModel
import RosterCompiler
import RosterSemantics

/// `allowed-hosts-widened`: allowedHosts is widened.
enum AllowedHostsWidened: SecretRisk {
    static let name = "allowed-hosts-widened"
    static let risk = Risk.critical
    static let summary = "allowedHosts is widened"
    static let explanation = """
        The key may be sent to a host that was not allowed before. The box still contains the old hosts, so \
        opening fails until the holder of an identity seals the value again. Sealing then uses the new hosts. \
        Ask whose they are.
        """
    static let example = RiskExample(
        .replace(RiskExample.secret, "[api.openai.com]", with: "[api.openai.com, proxy.example.net]"),
        .replace(RiskExample.secret, "generation: 1", with: "generation: 2"),
        .replace(RiskExample.secret, "BBBB", with: "DDDD")
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, let was = before.record.allowedHosts, let now = after.record.allowedHosts
        else { return nil }
        let added = HostCoverage.uncovered(now, by: was)
        return added.isEmpty ? nil : "the key may also go to \(added.map(\.text).joined(separator: ", "))"
    }
}
