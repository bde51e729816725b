import RosterBytes
import RosterModel

/// A model that a provider has for a key, as far as the provider tells of it.
public struct ProviderModel: Hashable, Sendable {
    /// What requests name it by.
    public var id: String
    /// A name for people.
    public var displayName: String?
    /// Who made it.
    public var vendor: String?
    /// How long it is to be had, in the provider's own word.
    public var lifecycle: String?

    /// Every text.
    var texts: [String] { [id] + [displayName, vendor, lifecycle].compactMap(\.self) }

    /// Replaces every text.
    mutating func rewriteTexts(_ rewrite: (_ text: String) -> String) {
        id = rewrite(id)
        displayName = displayName.map(rewrite)
        vendor = vendor.map(rewrite)
        lifecycle = lifecycle.map(rewrite)
    }
}

/// Where a list of models goes on.
public struct PageToken: Hashable, Sendable {
    /// The parameter of the query.
    let parameter: String
    /// Its value, as the provider gave it.
    let value: String

    /// The query of the next page's URL.
    var query: String { "\(parameter)=\(PercentEncoding.encode(value.utf8))" }
}

/// One page of a list of models.
public struct ModelPage: Sendable {
    /// In the provider's order.
    public var models: [ProviderModel]
    /// Where the list goes on; nil on the last page.
    public var next: PageToken?
}
