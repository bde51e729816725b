import RosterCatalogue
package import RosterDiagnostics
package import RosterFrontend
import RosterModel

/// `unknown-model`: a model that a complete catalogue does not have.
package enum UnknownModel: ModelRule {
    package static let name = "unknown-model"
    package static let severity = Severity.warning
    package static let summary = "a model that the repository's complete catalogue does not have"
    package static let explanation = """
        A `models.json` with `"complete": ["openai"]` has every model of that provider that the repository may use, so any \
        other name is a mistake, or a model that was not approved. Correct the name, or add the model to `models.json`. \
        The catalogue inside the program is never complete: providers add models every week.
        """
    package static let failing = RuleExample(
        ("providers/acme/gpt-4o.yaml", RuleExample.provider.replacing("gpt-5.6", with: "gpt-nxet")),
        ("models.json", RuleExample.models(complete: true))
    )
    package static let passing = RuleExample(
        ("providers/acme/gpt-4o.yaml", RuleExample.provider.replacing("gpt-5.6", with: "gpt-next")),
        ("models.json", RuleExample.models(complete: true))
    )

    static func check(_ context: inout ModelContext, _ findings: inout Findings) {
        guard let use = context.use, let (slug, model) = use.unknown else { return }
        let catalogue = context.catalogue
        let near = context.suggestions.nearest(to: model, in: slug.rawValue) { catalogue.models(of: slug) }
        let question = near.map { "did you mean \(quoted($0))? " } ?? ""
        findings.report(
            Self.self,
            at: .file(use.file, use.span),
            "models.json has no model \(quoted(model)) of \(slug.facts.title)",
            help: "\(question)otherwise add it to models.json, which lists every model of \(slug.rawValue)"
        )
    }
}
