import RosterBytes
import RosterModel
import RosterSemantics

/// The providers that both sides have, in order, with an index of the names that a policy can use.
struct ProviderTable: Sendable {
    /// The providers, sorted by name in the head.
    let providers: [AccessComparison.Provider]
    /// The names in the head, `<project>/<handle>`.
    let names: [String]
    /// Positions of providers whose handle or project differs in the head.
    let moved: [Int]

    /// Positions of the providers that a name of a policy covers, as ranges.
    struct Places: Sendable {
        private(set) var projects: [String: [Range<Int>]] = [:]
        private(set) var names: [String: [Int]] = [:]

        fileprivate mutating func add(_ position: Int, project: String, name: String) {
            names[name, default: []].append(position)
            var start = position
            if let last = projects[project]?.last, last.upperBound == position {
                start = last.lowerBound
                projects[project]?.removeLast()
            }
            projects[project, default: []].append(start..<(position + 1))
        }
    }

    private(set) var before = Places()
    private(set) var after = Places()

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

    /// Returns runs of providers, split at every project and provider that is named on either side.
    func runs(projects: Set<String>, names: Set<String>) -> [Range<Int>] {
        guard !providers.isEmpty else { return [] }
        var isStart = [Bool](repeating: false, count: providers.count + 1)
        (isStart[0], isStart[providers.count]) = (true, true)
        for places in [before, after] {
            for project in projects {
                for range in places.projects[project] ?? [] {
                    (isStart[range.lowerBound], isStart[range.upperBound]) = (true, true)
                }
            }
            for name in names {
                for position in places.names[name] ?? [] {
                    (isStart[position], isStart[position + 1]) = (true, true)
                }
            }
        }
        let starts = isStart.indices.filter { isStart[$0] }
        return zip(starts, starts.dropFirst()).map { $0..<$1 }
    }
}
