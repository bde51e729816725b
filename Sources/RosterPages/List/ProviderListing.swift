package import RosterModel

/// The providers that a reader may see, and the counts and values that the list's filters offer.
package struct ProviderListing: Sendable {
    let table: ProviderColumns
    /// The positions of the providers that the reader may list.
    let positions: [Int]
    let today: CalendarDate
    /// The projects of the providers with the number of each, in the registry's order.
    let projects: [(handle: Handle, count: Int)]
    let hostColumn: ProviderColumns.HostColumn
    /// The slugs of the providers, sorted.
    let slugs: [String]
    /// The hosts of the providers, sorted.
    let hosts: [String]

    /// Creates the listing of the providers at some positions, in order, on a day.
    package init(_ table: ProviderColumns, positions: [Int], today: CalendarDate) {
        (self.table, self.positions, self.today) = (table, positions, today)
        hostColumn = table.hosts
        var projects: [(id: ProjectID, count: Int)] = []
        var (slugs, hosts): (Set<ProviderSlug>, Set<Int32>) = ([], [])
        let providers = table.registry.providers
        for position in positions {
            let project = providers[position].projectID
            if projects.last?.id != project { projects.append((project, 0)) }
            projects[projects.count - 1].count += 1
            slugs.insert(providers[position].slug)
            hosts.insert(hostColumn.indices[position])
        }
        let handles = table.projects
        self.projects = projects.compactMap { project in handles[project.id].map { ($0, project.count) } }
        self.slugs = slugs.map(\.rawValue).sorted()
        self.hosts = hosts.sorted().map { [hostColumn] in hostColumn.names[Int($0)] }
    }

    /// Returns the number of providers whose models retire in a span of days.
    func count(retiring span: RetirementSpan) -> Int {
        let (days, retirements) = (Self.numbers(span.days(today: today)), table.retirements)
        return positions.count { retirements[$0] != .max && days.contains(retirements[$0]) }
    }

    /// Returns the numbers of days of a span.
    private static func numbers(_ days: ClosedRange<CalendarDate>) -> ClosedRange<Int32> {
        Int32(clamping: days.lowerBound.daysSince1970)...Int32(clamping: days.upperBound.daysSince1970)
    }

    /// Returns the positions of the providers that match a query, in its order.
    func positions(matching query: ListPageQuery) -> [Int] {
        guard query.hasFilter else { return table.sorted(positions, by: query.order) }
        let (providers, handles, retirements) = (table.registry.providers, table.projects, table.retirements)
        let days = query.retiring.map { Self.numbers($0.days(today: today)) }
        let search = query.text.isEmpty ? nil : TextSearch(query.text)
        let project = handles.first { $0.value.text == query.project }?.key
        let host = hostColumn.names.firstIndex(of: query.host).map { Int32($0) }
        let matching = positions.filter { position in
            if !query.project.isEmpty, providers[position].projectID != project { return false }
            if !query.slug.isEmpty, providers[position].slug.rawValue != query.slug { return false }
            if !query.host.isEmpty, hostColumn.indices[position] != host { return false }
            if let days, retirements[position] == .max || !days.contains(retirements[position]) { return false }
            guard let search else { return true }
            return search.matches(providers[position], project: handles[providers[position].projectID])
        }
        return table.sorted(matching, by: query.order)
    }
}
