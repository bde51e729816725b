import RosterModel

/// The providers that both sides have, in order, and where those that a policy can name are among them.
///
/// A policy speaks of all providers, of a project's, or of one. So what a token may do is the same for all providers
/// between two neighbouring cuts, and one of them answers for all.
struct ProviderTable: Sendable {
    /// By name in the head.
    let providers: [AccessComparison.Provider]
    /// `<project>/<handle>` in the head.
    let names: [String]
    /// Positions of those that have another handle or project in the head.
    let moved: [Int]

    /// Positions of the providers that a name of a policy covers, as ranges.
    private struct Places: Sendable {
        var projects: [String: [Range<Int>]] = [:]
        var names: [String: [Int]] = [:]

        mutating func add(_ position: Int, project: String, name: String) {
            names[name, default: []].append(position)
            var start = position
            if let last = projects[project]?.last, last.upperBound == position {
                start = last.lowerBound
                projects[project]?.removeLast()
            }
            projects[project, default: []].append(start..<(position + 1))
        }
    }

    private var before = Places()
    private var after = Places()

    init(_ providers: [AccessComparison.Provider]) {
        let named = providers.map { ($0.after.project + "/" + $0.after.handle, $0) }
            .sorted { $0.0.precedesInBytes($1.0) }
        self.providers = named.map(\.1)
        names = named.map(\.0)
        moved = self.providers.indices.filter { [providers = self.providers] in providers[$0].isMoved }
        for (position, provider) in self.providers.enumerated() {
            after.add(position, project: provider.after.project, name: names[position])
            before.add(
                position,
                project: provider.before.project,
                name: provider.isMoved ? provider.before.project + "/" + provider.before.handle : names[position]
            )
        }
    }

    /// Runs of providers that the grants of both sides treat alike.
    func runs(_ base: AccessGrants?, _ head: AccessGrants?) -> [Range<Int>] {
        guard !providers.isEmpty else { return [] }
        var cuts: Set<Int> = [0, providers.count]
        for (grants, places) in [(base, before), (head, after)] {
            guard let grants else { continue }
            for project in grants.namedProjects {
                for range in places.projects[project] ?? [] { cuts.formUnion([range.lowerBound, range.upperBound]) }
            }
            for name in grants.namedProviders {
                for position in places.names[name] ?? [] { cuts.formUnion([position, position + 1]) }
            }
        }
        let ordered = cuts.sorted()
        return zip(ordered, ordered.dropFirst()).map { $0..<$1 }
    }
}
