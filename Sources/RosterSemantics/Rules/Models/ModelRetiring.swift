import RosterCatalogue
package import RosterDiagnostics
package import RosterFrontend
import RosterModel

/// `model-retiring`: the provider stops serving the model soon.
package enum ModelRetiring: ModelRule {
    package static let name = "model-retiring"
    package static let severity = Severity.warning
    package static let summary = "a model that the provider stops serving soon"
    package static let explanation = """
        From that day on requests for the model fail. It is reported 90 days before; `models: {warnWithin: 30d}` in \
        `roster.yaml` changes that for the whole repository. The day is that of the catalogue of models, as for \
        `model-retired`. Change to a successor that the provider recommends while both can be compared.
        """
    package static let failing = RuleExample(
        ("providers/acme/gpt-4o.yaml", RuleExample.provider.replacing("gpt-5.6", with: "gpt-next")),
        ("models.json", RuleExample.models(retires: "2026-12-31"))
    )
    package static let passing = RuleExample(
        ("providers/acme/gpt-4o.yaml", RuleExample.provider.replacing("gpt-5.6", with: "gpt-next")),
        ("models.json", RuleExample.models(retires: "2099-12-31"))
    )

    static func check(_ context: inout ModelContext, _ findings: inout Findings) {
        guard let (use, entry, day) = context.retirement, day > context.today else { return }
        let days = Int(day.daysSince1970 - context.today.daysSince1970)
        guard days <= context.warnWithin else { return }
        findings.report(
            Self.self,
            at: .file(use.file, use.span),
            "\(entry.provider.facts.title) retires \(quoted(entry.model)) on \(day), "
                + (days == 1 ? "tomorrow" : "in \(days) days"),
            help: entry.advice
        )
    }
}
