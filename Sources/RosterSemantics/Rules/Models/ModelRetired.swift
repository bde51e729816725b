import RosterCatalogue
package import RosterDiagnostics
package import RosterFrontend
import RosterModel

/// `model-retired`: the provider no longer serves the model.
package enum ModelRetired: ModelRule {
    package static let name = "model-retired"
    package static let severity = Severity.warning
    package static let summary = "a model that the provider no longer serves"
    package static let explanation = """
        Requests for a retired model fail. The day is that of the catalogue of models: the repository's `models.json`, or \
        the one inside the program, which `roster models catalogue` prints. Where its sources disagree, the earliest day \
        counts. The model of azure is checked only when `config.model` names it, because a deployment may have any name; \
        ollama, gateway and custom are checked only by a `models.json` with entries for them. `--as-of` checks against a \
        date other than today. Use one of the successors that the provider recommends.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("defaultModel: gpt-5.6", with: "defaultModel: gpt-4-0613")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(_ context: inout ModelContext, _ findings: inout Findings) {
        guard let (use, entry, day) = context.retirement, day <= context.today else { return }
        findings.report(
            Self.self,
            at: .file(use.file, use.span),
            "\(entry.provider.facts.title) retired \(quoted(entry.model)) on \(day)",
            help: entry.advice
        )
    }
}
