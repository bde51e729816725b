import RosterCompiler

/// `project-renamed`: a project gets another handle.
enum ProjectRenamed: ProjectRisk {
    static let name = "project-renamed"
    static let risk = Risk.medium
    static let summary = "a project gets another handle"
    static let explanation = """
        Its folder has another name, and so has every provider in it. Policies that name the project by its \
        handle no longer match.
        """
    static let example = RiskExample(
        .replace(RiskExample.roster, "  acme:", with: "  acme-corp:"),
        .move(RiskExample.provider, to: "providers/acme-corp/gpt-4o.yaml"),
        .move(RiskExample.secret, to: "secrets/acme-corp/openai-prod.yaml")
    )

    static func sentence(_ pair: ProjectPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, before.handle != after.handle else { return nil }
        return "every provider and secret in it has another handle"
    }
}
