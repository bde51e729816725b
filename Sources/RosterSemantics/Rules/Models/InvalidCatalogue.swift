import RosterCatalogue
package import RosterDiagnostics
package import RosterFrontend
import RosterModel
import RosterSources
import YAMLSyntax

/// `invalid-catalogue`: the repository's catalogue of models cannot be read.
package enum InvalidCatalogue: RepositoryRule {
    package static let name = "invalid-catalogue"
    package static let severity = Severity.error
    package static let summary = "a `models.json` that cannot be read"
    package static let explanation = """
        The repository's catalogue of models is JSON with `"catalogue": 1`, `"built"` and `"models"`, each model of a \
        provider once, with days as `YYYY-MM-DD`, prices as text, and at most 16 MiB. Nothing is guessed: with a mistake in \
        it, no model is checked. `roster models catalogue build` writes such a file.
        """
    package static let failing = RuleExample(("models.json", RuleExample.models(built: "yesterday")))
    package static let passing = RuleExample(("models.json", RuleExample.models()))

    static func check(_ context: RepositoryContext, _ findings: inout Findings) {
        guard let problem = context.repository.models.problem else { return }
        findings.report(
            Self.self,
            at: .models(problem.isOfWholeFile ? nil : ByteSpan(problem.place)),
            problem.message,
            help: "correct it, or build it again: roster models catalogue build"
        )
    }
}
