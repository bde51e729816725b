import RosterCatalogue
import RosterModel

extension ModelCatalogue {
    /// Returns the header fields that announce the end of a provider's model; none for a model without a date.
    func fields(of provider: Provider) -> ResponseFields {
        var fields = ResponseFields([:])
        addFields(of: provider, to: &fields)
        return fields
    }

    /// Adds the header fields that announce the end of a provider's model.
    func addFields(of provider: Provider, to fields: inout ResponseFields) {
        guard let entry = datedEntry(for: provider.slug, model: provider.defaultModel, config: provider.config) else {
            return
        }
        if let deprecation = entry.deprecationHeader { fields.add("Deprecation", deprecation) }
        if let sunset = entry.sunsetHeader { fields.add("Sunset", sunset) }
    }
}
