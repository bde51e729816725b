/// A service or server that people write as a provider although it is not one of the ten slugs.
package struct KnownVendor: Sendable {
    /// Lower-case names without separators, as other programs and people write them.
    let names: [StaticString]
    /// The product's name, for people.
    package let title: StaticString
    /// The slug to use instead.
    package let advice: Advice

    /// The slug that a vendor's endpoint needs.
    package enum Advice: Sendable {
        /// One of the slugs is this vendor; `isCertain` when the name is unambiguous.
        case slug(ProviderSlug, isCertain: Bool)
        /// The vendor's endpoint supports OpenAI's protocol at this base URL.
        case custom(baseURL: StaticString)
        /// A gateway that supports OpenAI's protocol at this base URL.
        case gateway(baseURL: StaticString)
        /// A sentence, for a vendor that no slug fits.
        case words(String)
    }

    /// Returns the vendor that a text names, ignoring case, blanks and separators, or nil for an unknown name.
    package static func named(_ text: String) -> KnownVendor? {
        let name = LooseName(text)
        return table.first { $0.names.contains { name.matches($0) } }
    }

    /// Every name in the table.
    package static var allNames: [String] { table.flatMap { $0.names.map(\.description) } }
}

extension ProviderSlug {
    /// Returns the slug that a text is another spelling of: `OpenAI`, `open-ai` or `x.ai`.
    package init?(spelledLike text: some StringProtocol) {
        let name = LooseName(text)
        guard let slug = Self.allCases.first(where: { name.matches($0.facts.name) }) else { return nil }
        self = slug
    }
}
