import RosterCatalogue
import RosterFrontend
import RosterModel

/// A rule about the model of one provider.
protocol ModelRule: Rule {
    /// Checks a model.
    static func check(_ context: inout ModelContext, _ findings: inout Findings)
}

/// A model with what the rules about it need.
struct ModelContext {
    /// The catalogue.
    let catalogue: ModelCatalogue
    /// The day that dates are compared with.
    let today: CalendarDate
    /// The last day on which a model may retire to be reported.
    private let horizon: ModelCatalogue.DayNumber
    /// The number of days before its retirement within which a model is reported.
    let warnWithin: Int
    /// The provider and its model.
    var use: ModelUse?
    /// The suggestions for unknown models.
    var suggestions = NameSuggestions()

    init(catalogue: ModelCatalogue, repository: LinkedRepository) {
        self.catalogue = catalogue
        today = repository.today
        warnWithin = repository.roster.models?.warnWithin?.value ?? ModelsDeclaration.defaultDays
        horizon = .init(CalendarDate(daysSince1970: today.daysSince1970 + Int64(warnWithin)))
    }

    /// The entry of the model with the day of its retirement; nil for a model that is not to be reported.
    var retirement: (use: ModelUse, entry: ModelEntry, day: CalendarDate)? {
        // Few models are to be reported, and an entry takes long to decode.
        guard let use, let row = use.row, catalogue.retires(row, by: horizon) else { return nil }
        let entry = catalogue.entry(row)
        return entry.retires.map { (use, entry, $0) }
    }
}

extension ModelEntry {
    /// The remedy: the successors, and the source.
    var advice: String {
        let source = sources.isEmpty ? "" : "; source: \(sourceWords)"
        guard !successors.isEmpty else { return "use another model, which roster models lists\(source)" }
        return "use \(list(successors, "or"))\(source)"
    }
}
