import RosterCompiler
import RosterFrontend

/// `project-added-or-removed`: a project is added or removed.
enum ProjectAddedOrRemoved: ProjectRisk {
    static let name = "project-added-or-removed"
    static let risk = Risk.medium
    static let summary = "a project is added or removed"
    static let explanation = """
        Policies for * cover a new project immediately. The providers of a removed project are removed with it.
        """
    static let example = RiskExample(
        RiskExample.withLabs,
        .add("providers/labs/local.yaml", RuleExample.ollama())
    )

    static func sentence(_ pair: ProjectPair, _ context: ReviewContext) -> String? {
        if pair.before == nil { return "it is new" }
        return pair.after == nil ? "it is removed" : nil
    }
}
