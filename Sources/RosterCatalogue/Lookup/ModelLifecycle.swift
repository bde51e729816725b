package import RosterJSON
package import RosterModel

extension ModelCatalogue {
    /// Returns what is known of the model that a provider sends: of azure, the model that `config.model` names.
    package func entry(for slug: ProviderSlug, model: String, config: JSONObject?) -> ModelEntry? {
        row(for: slug, model: model, config: config).map(entry)
    }

    /// Returns what is known of the model that a provider sends if it has a date; nil for a model without one.
    package func datedEntry(for slug: ProviderSlug, model: String, config: JSONObject?) -> ModelEntry? {
        row(for: slug, model: model, config: config).flatMap { hasDate($0) ? entry($0) : nil }
    }

    private func row(for slug: ProviderSlug, model: String, config: JSONObject?) -> Row? {
        guard slug == .azure else { return row(of: slug, model) }
        return (config?["model"]?.string).flatMap { row(of: slug, $0) }
    }
}

extension ModelEntry {
    /// The value of `Deprecation` (RFC 9745): the moment since which the model is deprecated; nil when it is unknown.
    package var deprecationHeader: String? { deprecated.map { "@\($0.daysSince1970 * 86_400)" } }

    /// The value of `Sunset` (RFC 8594): the moment from which requests fail; nil when it is unknown.
    package var sunsetHeader: String? {
        guard let retires else { return nil }
        let parts = retires.description.split(separator: "-")
        guard parts.count == 3, let month = Int(parts[1]), Self.months.indices.contains(month - 1) else { return nil }
        // The first day since 1970 was a Thursday.
        let weekday = Self.weekdays[Int((retires.daysSince1970 % 7 + 7) % 7)]
        return "\(weekday), \(parts[2]) \(Self.months[month - 1]) \(parts[0]) 00:00:00 GMT"
    }

    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
