import RosterModel
import RosterSemantics

/// The providers of a review, grouped into columns whose providers have the same rights under every policy of either
/// side.
///
/// Policies name all providers, those of a project, or one. Names are looked up once for each statement, so that
/// evaluating a token only combines small integers.
struct AccessColumns {
    /// The rights that a policy allows or denies, and their scope.
    fileprivate struct Entry {
        enum Place {
            case everywhere
            /// The index of a project that a policy or a token names.
            case project(Int)
            case column(Int)
        }

        var place: Place
        var allowed: AccessRights = []
        var denied: AccessRights = []
    }

    /// The access section of one side.
    struct Side {
        /// The index of each column's project; 0 for projects that are not named.
        fileprivate var projects: [Int] = []
        fileprivate var entries: [String: [Entry]] = [:]
    }

    let table: ProviderTable
    /// Positions in the table.
    let runs: [Range<Int>]
    let before: Side
    let after: Side
    private let numbers: [String: Int]

    init(_ table: ProviderTable, base: Access, head: Access) {
        self.table = table
        var names: Set<String> = []
        var projects: Set<String> = []
        for access in [base, head] {
            projects.formUnion(access.tokens.compactMap { $0.project?.text })
            for resource in Set(access.policies.flatMap(\.statements).flatMap(\.resources)) {
                switch resource.scope {
                case .everywhere: break
                case .project(let handle): projects.insert(handle)
                case .provider(let name): names.insert(name)
                }
            }
        }
        let runs = table.runs(projects: projects, names: names)
        self.runs = runs
        var columns = [Int](repeating: 0, count: table.providers.count)
        for (column, run) in runs.enumerated() { for position in run { columns[position] = column } }
        let numbers = Dictionary(uniqueKeysWithValues: projects.enumerated().map { ($1, $0 + 1) })
        self.numbers = numbers
        func side(_ access: Access, _ places: ProviderTable.Places, _ isHead: Bool) -> Side {
            var side = Side()
            side.projects = runs.map { run in
                let provider = table.providers[run.lowerBound]
                return numbers[isHead ? provider.after.project : provider.before.project] ?? 0
            }
            for policy in access.policies where side.entries[policy.name] == nil {
                side.entries[policy.name] = Self.entries(policy, places, columns, numbers)
            }
            return side
        }
        before = side(base, table.before, false)
        after = side(head, table.after, true)
    }

    private static func entries(
        _ policy: Access.Policy,
        _ places: ProviderTable.Places,
        _ columns: [Int],
        _ numbers: [String: Int]
    ) -> [Entry] {
        var entries: [Entry] = []
        // A repeated scope is one entry.
        var positions: [ResourcePattern.Scope: [Int]] = [:]
        for statement in policy.statements {
            let rights = statement.rights
            for resource in statement.resources {
                let scope = resource.scope
                if positions[scope] == nil {
                    let found: [Entry.Place] =
                        switch scope {
                        case .everywhere: [.everywhere]
                        case .project(let handle): numbers[handle].map { [.project($0)] } ?? []
                        case .provider(let name): Set(places.names[name]?.map { columns[$0] } ?? []).map { .column($0) }
                        }
                    positions[scope] = Array(entries.count..<(entries.count + found.count))
                    entries += found.map { Entry(place: $0) }
                }
                for position in positions[scope] ?? [] {
                    switch statement.effect {
                    case .allow: entries[position].allowed.formUnion(rights)
                    case .deny: entries[position].denied.formUnion(rights)
                    }
                }
            }
        }
        return entries
    }

    /// The number of steps that ``rights(of:_:)`` takes for a token.
    func cost(of token: Access.Token?, _ side: Side) -> Int {
        guard let token else { return 0 }
        return token.policies.reduce(runs.count + numbers.count) { $0 + 1 + (side.entries[$1]?.count ?? 0) }
    }

    /// Returns the rights of a token for the providers of each column; nil without a token.
    func rights(of token: Access.Token?, _ side: Side) -> [AccessRights]? {
        guard let token else { return nil }
        typealias Rights = (allowed: AccessRights, denied: AccessRights)
        var everywhere: Rights = ([], [])
        var projects = [Rights](repeating: ([], []), count: numbers.count + 1)
        var columns = [Rights](repeating: ([], []), count: runs.count)
        for policy in token.policies {
            for entry in side.entries[policy] ?? [] {
                switch entry.place {
                case .everywhere:
                    everywhere.allowed.formUnion(entry.allowed)
                    everywhere.denied.formUnion(entry.denied)
                case .project(let number):
                    projects[number].allowed.formUnion(entry.allowed)
                    projects[number].denied.formUnion(entry.denied)
                case .column(let column):
                    columns[column].allowed.formUnion(entry.allowed)
                    columns[column].denied.formUnion(entry.denied)
                }
            }
        }
        let lock = token.project.map { numbers[$0.text] ?? 0 }
        return columns.indices.map { column in
            let project = side.projects[column]
            if let lock, lock != project { return [] }
            let allowed = everywhere.allowed.union(projects[project].allowed).union(columns[column].allowed)
            let denied = everywhere.denied.union(projects[project].denied).union(columns[column].denied)
            return allowed.subtracting(denied)
        }
    }
}
