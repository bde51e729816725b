package import RosterCatalogue
import RosterFrontend
package import RosterModel
package import RosterSources
package import YAMLSyntax

/// A provider whose model the rules about models have to check: few of a repository's providers.
package struct ModelUse: Sendable {
    /// The provider's file.
    package let file: FileIndex
    /// The place of the model's name.
    package let span: ByteSpan
    /// The row of the model; nil when the catalogue has every model of the provider, and not this one.
    package let row: ModelCatalogue.Row?
    /// The name, when there is no row.
    package let unknown: (slug: ProviderSlug, model: String)?

    /// Looks up a provider's model; returns nil when no rule can report it.
    init?(_ provider: borrowing ProviderDeclaration, in catalogue: ModelCatalogue) {
        guard let slug = provider.slug?.value else { return nil }
        let name = slug == .azure ? provider.deployedModel : provider.defaultModel
        guard let name else { return nil }
        if let row = catalogue.row(of: slug, name.value) {
            guard row.isDated else { return nil }
            (self.row, unknown) = (row, nil)
        } else {
            guard catalogue.isComplete(for: slug) else { return nil }
            (self.row, unknown) = (nil, (slug, name.value))
        }
        (file, span) = (provider.file, name.span)
    }
}
