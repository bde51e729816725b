import RosterCompiler
import RosterJSON
import RosterModel
import RosterSemantics

/// `ambient-credentials-granted`: config.auth: ambient is added, or its region changes.
enum AmbientCredentialsGranted: ProviderRisk {
    static let name = "ambient-credentials-granted"
    static let risk = Risk.critical
    static let summary = "config.auth: ambient is added, or its region changes"
    static let explanation = """
        The provider uses the AWS identity of the host that runs it, which no file here limits. Ask which hosts \
        run clients of this registry, and which rights their identity has in that region.
        """
    static let example = RiskExample(
        given: [
            .replace(RiskExample.provider, "provider: openai", with: "provider: bedrock"),
            .append(RiskExample.provider, "config:\n  region: eu-central-1\n"),
        ],
        .replace(RiskExample.provider, "secret: openai-prod\n", with: ""),
        .replace(RiskExample.provider, "config:\n", with: "config:\n  auth: ambient\n")
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard let after = pair.after, isAmbient(after) else { return nil }
        let region = after.record.config?["region"]?.string ?? "an unknown region"
        guard let before = pair.before, isAmbient(before) else {
            return "it would act with the AWS identity of the host that runs it, in \(region)"
        }
        let was = before.record.config?["region"]?.string ?? "an unknown region"
        return was == region ? nil : "the host's own AWS identity would act in \(region) instead of \(was)"
    }
}

private func isAmbient(_ provider: ReviewedProvider) -> Bool {
    provider.record.config?["auth"]?.string == "ambient"
}
