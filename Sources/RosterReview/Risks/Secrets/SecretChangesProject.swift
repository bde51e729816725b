import RosterCompiler
import RosterSemantics

/// `secret-changes-project`: a secret moves to another project.
enum SecretChangesProject: SecretRisk {
    static let name = "secret-changes-project"
    static let risk = Risk.high
    static let summary = "a secret moves to another project"
    static let explanation = """
        The project's id is part of the box, so the box no longer opens until the value is sealed again, and \
        providers of a different project may link it.
        """
    static let example = RiskExample(
        given: [RiskExample.withLabs],
        .move(RiskExample.provider, to: "providers/labs/gpt-4o.yaml"),
        .move(RiskExample.secret, to: "secrets/labs/openai-prod.yaml")
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, before.file.project != after.file.project else { return nil }
        if let was = before.record.projectID, was == after.record.projectID { return nil }
        return "it leaves the project \(before.file.project) for \(after.file.project)"
    }
}
