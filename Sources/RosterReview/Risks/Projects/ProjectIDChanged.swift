import RosterCompiler
import RosterSemantics

/// `project-id-changed`: a project's id changes.
enum ProjectIDChanged: ProjectRisk {
    static let name = "project-id-changed"
    static let risk = Risk.critical
    static let summary = "a project's id changes"
    static let explanation = """
        The id is part of every sealed box of the project: its secrets no longer open, and programs that request \
        the project by id get an error. An id is never changed.
        """
    static let example = RiskExample(
        .replace(RiskExample.roster, "proj_V1StGXR8Z5jdHi6B", with: "proj_9kLmN2oPqR5sT8uV")
    )

    static func sentence(_ pair: ProjectPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, before.id != after.id else { return nil }
        return "its id changed, so its secrets no longer open"
    }
}
