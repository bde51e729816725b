import RosterCompiler
import RosterSemantics

/// `provider-changes-project`: a provider moves to another project.
enum ProviderChangesProject: ProviderRisk {
    static let name = "provider-changes-project"
    static let risk = Risk.high
    static let summary = "a provider moves to another project"
    static let explanation = """
        Policies and secrets of the other project apply to it. Ask both projects.
        """
    static let example = RiskExample(
        given: [RiskExample.withLabs],
        .move(RiskExample.provider, to: "providers/labs/gpt-4o.yaml"),
        .move(RiskExample.secret, to: "secrets/labs/openai-prod.yaml")
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, before.file.project != after.file.project else { return nil }
        // A project that was renamed takes its providers along.
        if let was = before.record.projectID, was == after.record.projectID { return nil }
        return "it leaves the project \(before.file.project) for \(after.file.project)"
    }
}
