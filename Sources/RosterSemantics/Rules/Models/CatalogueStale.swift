import RosterCatalogue
package import RosterDiagnostics
package import RosterFrontend
import RosterModel
import RosterSources
import YAMLSyntax

/// `catalogue-stale`: the repository's catalogue of models is old.
package enum CatalogueStale: RepositoryRule {
    package static let name = "catalogue-stale"
    package static let severity = Severity.warning
    package static let summary = "a `models.json` that is older than 90 days"
    package static let explanation = """
        Providers announce retirements with a few months' notice, so a catalogue that is older does not have them. Build \
        it again with `roster models catalogue build`, or delete it, so that the catalogue inside the program counts. \
        The problem is at `models` of `roster.yaml` if there is such a key, and otherwise at `built` of `models.json`, \
        where no comment can be.
        """
    package static let failing = RuleExample(("models.json", RuleExample.models(built: "2026-01-01")))
    package static let passing = RuleExample(("models.json", RuleExample.models()))

    /// The age of a catalogue that is not reported.
    private static let dayLimit: Int64 = 90

    static func check(_ context: RepositoryContext, _ findings: inout Findings) {
        let (repository, models) = (context.repository, context.repository.models)
        guard models.isOwn, let built = models.catalogue?.built else { return }
        let days = repository.today.daysSince1970 - built.daysSince1970
        guard days > dayLimit else { return }
        let place = Finding.Place.models(ByteSpan(models.builtPlace))
        let key = repository.roster.models.map { Finding.Place.file(0, $0.key) }
        findings.report(
            Self.self,
            at: key ?? place,
            "models.json was built on \(built), \(days) days ago",
            help: "build it again: roster models catalogue build, or delete it to use the catalogue inside the program",
            related: key == nil ? [] : [("built then", place)]
        )
    }
}
