import RosterModel

extension ListPage {
    private static let columns: [(column: ListColumn, name: StaticString)] = [
        (.handle, "Provider"), (.name, "Name"), (.slug, "Slug"), (.model, "Model"), (.host, "Host"), (.key, "Key"),
        (.changed, "Changed"),
    ]

    /// The cells of the header, each a link that sorts the list.
    var header: [HTML] {
        let order = query.order
        return Self.columns.map { column, name in
            let isCurrent = order.column == column
            let link = query.link { query in
                query.requestedOrder = ListOrder(column, isDescending: isCurrent && !order.isDescending)
            }
            let direction: StaticString = order.isDescending ? " aria-sort=descending" : " aria-sort=ascending"
            return "<th scope=col\(constant: isCurrent ? direction : "")><a href=\"\(url: link)\">\(constant: name)</a>"
        }
    }

    /// Returns the row of the provider at a position.
    ///
    /// End tags that HTML does not require are left out.
    func row(_ position: Int, _ links: inout RowLinks) -> HTML {
        let table = listing.table
        let provider = table.registry.providers[position]
        let (project, host) = (table.project(at: position), Int(listing.hostColumn.indices[position]))
        let name: HTML = "\(project)/\(provider.handle)"
        let page = PageURL.provider(project: project, handle: provider.handle)
        let secret = table.secret(at: position)
        let key: HTML? = secret.map { "gen \(Int($0.generation))\(.rotation(of: $0, today: listing.today))" }
        return """
            <tr><th scope=row>\(mayOpen(position) ? "<a href=\"\(url: page)\">\(name)</a>" : name)\
            <td><bdi>\(provider.name)</bdi>\
            <td>\(links.slug(provider.slug))\
            <td><bdi data-v>\(provider.defaultModel)</bdi>\
            \(.retirement(of: table.model(at: position), today: listing.today, noticeDays: table.noticeDays))\
            <td>\(links.host(host))\
            <td>\(key ?? "<span class=dim>none</span>")\
            <td>\(CalendarDate(of: provider.updatedAt))
            """
    }
}
