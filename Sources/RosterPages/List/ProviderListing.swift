package import RosterModel

/// The providers that a reader may see, and the counts and values that the list's filters offer.
package struct ProviderListing: Sendable {
    let table: ProviderColumns
    /// The positions of the providers that the reader may list.
    let positions: [Int]
    let today: CalendarDate
    /// The projects of the providers with the number of each, in the registry's order.
    let projects: [(handle: Handle, count: Int)]
    /// The slugs of the providers, sorted.
    let slugs: [String]
    /// The hosts of the providers, sorted.
    let hosts: [String]

    /// Creates the listing of the providers at some positions, in order, on a day.
    package init(_ table: ProviderColumns, positions: [Int], today: CalendarDate) {
        (self.table, self.positions, self.today) = (table, positions, today)
        var projects: [(handle: Handle, count: Int)] = []
        var (slugs, hosts): (Set<ProviderSlug>, Set<String>) = ([], [])
        let hostsByPosition = table.hosts
        for position in positions {
            let project = table.projects[position]
            if projects.last?.handle != project { projects.append((project, 0)) }
            projects[projects.count - 1].count += 1
            slugs.insert(table.registry.providers[position].slug)
            hosts.insert(hostsByPosition[position])
        }
        self.projects = projects
        self.slugs = slugs.map(\.rawValue).sorted()
        self.hosts = hosts.sorted()
    }

    /// Returns the number of providers whose models retire in a span of days.
    func count(retiring span: RetirementSpan) -> Int {
        let (days, retirements) = (span.days(today: today), table.retirements)
        return positions.count { position in retirements[position].map(days.contains) ?? false }
    }

    /// Returns the positions of the providers that match a query, in its order.
    func positions(matching query: ListPageQuery) -> [Int] {
        guard query.hasFilter else { return table.sorted(positions, by: query.order) }
        let (hosts, retirements) = (table.hosts, table.retirements)
        let days = query.retiring?.days(today: today)
        let search = query.text.isEmpty ? nil : TextSearch(query.text)
        let matching = positions.filter { position in
            let (provider, project) = (table.registry.providers[position], table.projects[position])
            if !query.project.isEmpty, project.text != query.project { return false }
            if !query.slug.isEmpty, provider.slug.rawValue != query.slug { return false }
            if !query.host.isEmpty, hosts[position] != query.host { return false }
            if let days, !(retirements[position].map(days.contains) ?? false) { return false }
            return search?.matches(provider, project: project) ?? true
        }
        return table.sorted(matching, by: query.order)
    }
}
