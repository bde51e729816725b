import RosterCatalogue
import RosterCompiler
import RosterModel
import RosterSemantics

/// `retired-model-adopted`: a provider gets a model that is retired, or soon will be.
enum RetiredModelAdopted: ProviderRisk {
    static let name = "retired-model-adopted"
    static let risk = Risk.high
    static let summary = "a provider gets a model that is retired, or retires within 30 days"
    static let explanation = """
        Requests for a retired model fail, so the change breaks the provider's programs now or within a month. The day is \
        that of the catalogue of models in the head: its models.json, or the one inside the program. Choose one of the \
        successors that roster check names.
        """
    static let example = RiskExample(
        .replace(RiskExample.provider, "defaultModel: gpt-5.6", with: "defaultModel: gpt-4-0613")
    )

    /// The number of days in which a model's retirement is as good as past.
    private static let dayLimit: Int64 = 30

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard let after = pair.after?.record, let today = context.head.records.today,
            let entry = context.head.records.modelEntry(of: after), let day = entry.retires,
            day.daysSince1970 - today.daysSince1970 <= dayLimit
        else { return nil }
        if let before = pair.before?.record, before.slug == after.slug, before.catalogueName == after.catalogueName {
            return nil
        }
        let successors = entry.successors.isEmpty ? "" : "; it recommends \(entry.successors.joined(separator: ", "))"
        let title = entry.provider.facts.title
        return "\(title) \(day <= today ? "retired" : "retires") \(entry.model) on \(day)\(successors)"
    }
}
