import RosterCompiler
import RosterSemantics

/// `project-renamed`: a project gets a new handle.
enum ProjectRenamed: ProjectRisk {
    static let name = "project-renamed"
    static let risk = Risk.medium
    static let summary = "a project gets a new handle"
    static let explanation = """
        Its folder and the names of all its providers change. Policies with the old handle no longer match.
        """
    static let example = RiskExample(
        .replace(RiskExample.roster, "  acme:", with: "  acme-corp:"),
        .move(RiskExample.provider, to: "providers/acme-corp/gpt-4o.yaml"),
        .move(RiskExample.secret, to: "secrets/acme-corp/openai-prod.yaml")
    )

    static func sentence(_ pair: ProjectPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, before.handle != after.handle else { return nil }
        return "every provider and secret in it has a new handle"
    }
}
