import RosterModel

/// The list of providers: `/`.
package struct ListPage: Sendable {
    let listing: ProviderListing
    let query: ListPageQuery
    /// Returns a Boolean value that indicates whether the reader may open the page of the provider at a position.
    let mayOpen: @Sendable (Int) -> Bool

    /// The number of providers on a page.
    package static let length = 100

    /// Creates the list of a query.
    package init(_ listing: ProviderListing, _ query: ListPageQuery, mayOpen: @escaping @Sendable (Int) -> Bool) {
        (self.listing, self.query, self.mayOpen) = (listing, query, mayOpen)
    }

    /// The contents of the page.
    package var contents: HTML {
        let heading: HTML = "<h1>Providers</h1>\n"
        guard !listing.positions.isEmpty else {
            return listing.table.registry.providers.isEmpty ? "\(heading)\(Self.empty)" : "\(heading)\(Self.nothing)"
        }
        let matching = listing.positions(matching: query)
        let filters: HTML = "\(heading)\(views)\n\(form)\n"
        guard !matching.isEmpty else { return "\(filters)\(noMatch)" }
        let pages = (matching.count + Self.length - 1) / Self.length
        let page = min(query.page, pages)
        let range = (page - 1) * Self.length..<min(page * Self.length, matching.count)
        var links = RowLinks(query, listing.hostColumn.names)
        let rows = matching[range].map { row($0, &links) }
        return """
            \(filters)<table class=list><caption>\(caption(range, of: matching.count)) \
            <span id=found role=status></span></caption>
            <thead><tr>\(header)
            <tbody>\(rows)</table>
            \(pages > 1 ? ListPaging(query, page: page, of: pages).contents : nil)
            """
    }

    /// The contents for a reader who may list no provider.
    private static let nothing: HTML = "<p class=sub>There is no provider that you may list.</p>"

    /// The contents of a registry without providers.
    private static var empty: HTML {
        """
        <p class=sub>There is no provider yet.</p>
        <p>Add the first one in a clone of the registry:</p>
        \(.code(exampleCommand, "the command"))
        """
    }

    private static let exampleCommand = """
        roster provider create --project acme --name Claude \\
            --provider anthropic --default-model claude-sonnet-5 --seal
        """

    private var noMatch: HTML {
        let total = listing.positions.count
        let filters: [(StaticString, String)] = [
            ("text", query.text), ("project", query.project), ("slug", query.slug), ("host", query.host),
            ("retiring", query.retiring?.rawValue ?? ""),
        ]
        let used = filters.filter { !$0.1.isEmpty }
        let words: [HTML] = used.enumerated().map { index, filter in
            "\(constant: index > 0 ? ", " : "")\(constant: filter.0) <b>\(filter.1)</b>"
        }
        return """
            <p class=sub>No provider matches \(words).</p>
            <p><a href=/>Show all \(total) \(.plural(total, "provider"))</a></p>
            """
    }

    private func caption(_ range: Range<Int>, of count: Int) -> HTML {
        let total = listing.positions.count
        if count > Self.length {
            let words: HTML = count < total ? "matching providers" : "providers"
            return "\(range.lowerBound + 1)–\(range.upperBound) of \(count) \(words)"
        }
        if count < total { return "\(count) of \(total) providers" }
        let projects = listing.projects.count
        return "\(total) \(.plural(total, "provider")) in \(projects) \(.plural(projects, "project"))"
    }
}
