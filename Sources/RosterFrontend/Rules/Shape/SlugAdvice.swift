import RosterBytes
package import RosterModel

/// The slug, or the lines, to write instead of a text that is not a slug.
package struct SlugAdvice {
    /// The slug that was most likely meant.
    package private(set) var slug: ProviderSlug?
    /// The vendor that was most likely meant, if it is in the table.
    private(set) var vendor: KnownVendor?
    /// A Boolean value that indicates whether only this slug can be intended.
    package private(set) var isCertain = true
    /// The help text.
    package private(set) var help = allSlugs

    /// The slug of a vendor that needs a base URL, with that URL and the vendor's title.
    package var endpoint: (slug: ProviderSlug, baseURL: String, title: String)? {
        guard let vendor else { return nil }
        return switch vendor.advice {
        case .custom(let url): (.custom, url.description, vendor.title.description)
        case .gateway(let url): (.gateway, url.description, vendor.title.description)
        case .slug, .words: nil
        }
    }

    private static let allSlugs = "one of \(ProviderSlug.allCases.map(\.rawValue).joined(separator: ", "))"

    /// Advises on a text.
    package init(_ text: String) {
        if let slug = ProviderSlug(spelledLike: text) {
            self.slug = slug
        } else if let vendor = KnownVendor.named(text) {
            take(vendor)
        } else if text.contains("://") {
            help = "a URL belongs in \"baseUrl\"; for an OpenAI-compatible endpoint write \"provider: custom\""
        } else if let slash = text.firstIndex(of: "/"), let slug = ProviderSlug(spelledLike: text[..<slash]) {
            let model = quoted("defaultModel: \(text[text.index(after: slash)...])")
            help = "write \"provider: \(slug.rawValue)\", and the model separately: \(model)"
        } else {
            takeNearest(to: text)
        }
    }

    private mutating func take(_ vendor: KnownVendor) {
        self.vendor = vendor
        switch vendor.advice {
        case .slug(let slug, let isCertain):
            self.slug = slug
            self.isCertain = isCertain
            help = "\(vendor.title) is \"provider: \(slug.rawValue)\""
        case .custom(let url):
            help = "\(vendor.title) supports OpenAI's protocol: write \"provider: custom\" and \"baseUrl: \(url)\""
        case .gateway(let url):
            help =
                "\(vendor.title) is a gateway: write \"provider: gateway\" and \"baseUrl: \(url)\", or your own URL"
        case .words(let words):
            help = words
        }
    }

    private mutating func takeNearest(to text: String) {
        let slugs = ProviderSlug.allCases.map(\.rawValue)
        guard let nearest = NearestName.find(text, among: slugs + KnownVendor.allNames) else { return }
        if let slug = ProviderSlug(rawValue: nearest) {
            self.slug = slug
        } else if let vendor = KnownVendor.named(nearest) {
            take(vendor)
            isCertain = false
        }
    }
}
