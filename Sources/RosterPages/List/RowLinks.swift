import RosterModel

/// The links of the rows that filter the list, each made once.
struct RowLinks {
    private let query: ListPageQuery
    private let hostNames: [String]
    private var slugs: [ProviderSlug: HTML] = [:]
    private var hosts: [Int: HTML] = [:]

    /// Creates the links of a list of a query; `hostNames` are the hosts by their indices.
    init(_ query: ListPageQuery, _ hostNames: [String]) { (self.query, self.hostNames) = (query, hostNames) }

    /// Returns the link to the providers of a slug.
    mutating func slug(_ slug: ProviderSlug) -> HTML {
        if let link = slugs[slug] { return link }
        let url = query.link { $0.slug = slug.rawValue }
        let link: HTML = "<a href=\"\(url: url)\">\(slug.rawValue)</a>"
        slugs[slug] = link
        return link
    }

    /// Returns the link to the providers whose requests are sent to the host at an index.
    mutating func host(_ index: Int) -> HTML {
        if let link = hosts[index] { return link }
        let url = query.link { $0.host = hostNames[index] }
        let link: HTML = "<a href=\"\(url: url)\">\(hostNames[index])</a>"
        hosts[index] = link
        return link
    }
}
