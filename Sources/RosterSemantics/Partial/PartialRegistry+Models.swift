package import RosterCatalogue
import RosterModel

extension PartialRegistry.Provider {
    /// The name that the catalogue is asked for: of azure, the model of the deployment.
    package var catalogueName: String? { slug == .azure ? deployedModel : defaultModel }
}

extension PartialRegistry {
    /// Returns what the catalogue knows of a provider's model.
    package func modelEntry(of provider: Provider) -> ModelEntry? {
        guard let catalogue = models.catalogue, let slug = provider.slug, let model = provider.catalogueName else {
            return nil
        }
        return catalogue.row(of: slug, model).map(catalogue.entry)
    }
}
