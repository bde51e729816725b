import RosterBytes
import RosterModel

/// A model that a provider lists for a key.
public struct ProviderModel: Hashable, Sendable {
    /// The name of the model in requests.
    public var id: String
    /// A name for people.
    public var displayName: String?
    /// The maker of the model.
    public var vendor: String?
    /// The availability of the model, in the provider's own word.
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

/// The position at which a list of models continues.
public struct PageToken: Hashable, Sendable {
    /// The parameter of the query.
    let parameter: String
    /// The value of the parameter, as the provider returned it.
    let value: String

    /// The query of the next page's URL.
    var query: String { "\(parameter)=\(PercentEncoding.encode(value.utf8))" }
}

/// One page of a list of models.
public struct ModelPage: Sendable {
    /// The models, in the provider's order.
    public var models: [ProviderModel]
    /// The token of the next page; nil on the last page.
    public var next: PageToken?
}
