import RosterModel

/// The rights of the tokens with one set of policies, computed once for each provider of a snapshot.
final class AccessView: Sendable {
    /// The number of the view among those of its snapshot.
    let number: Int
    /// The rights for each provider, by its position in the registry.
    private let rights: [AccessRights]
    /// Positions of the providers that lists show; nil when they show all.
    let listed: [Int32]?
    private let grants: AccessGrants?

    /// Creates the view of an open registry, with all rights.
    init(openTo registry: Registry) {
        number = 0
        rights = Array(repeating: .all, count: registry.providers.count)
        listed = nil
        grants = nil
    }

    /// Creates the view of policies; `lock` is the only project that it includes, nil for all.
    init(number: Int, of registry: Registry, policies: [Access.Policy], lock: Handle?) {
        self.number = number
        let grants = AccessGrants(policies: policies, lock: lock)
        let handles = Dictionary(registry.projects.map { ($0.id, $0.handle.text) }) { first, _ in first }
        let rights = registry.providers.map { provider in
            grants.rights(project: handles[provider.projectID] ?? "", handle: provider.handle.text)
        }
        let listed = rights.indices.filter { rights[$0].contains(.list) }
        self.rights = rights
        self.listed = listed.count == rights.count ? nil : listed.map(Int32.init)
        self.grants = grants
    }

    /// Returns whether an action on a provider is allowed; false for a missing provider.
    func allows(_ action: AccessRights, at position: Int?) -> Bool {
        guard let position else { return false }
        return rights[position].contains(action)
    }

    /// Returns the number of providers at a range of positions that lists show.
    func listedCount(in positions: Range<Int>) -> Int {
        guard let listed else { return positions.count }
        return Self.firstIndex(in: listed, from: positions.upperBound)
            - Self.firstIndex(in: listed, from: positions.lowerBound)
    }

    /// Returns the index of the first of `listed` that is not less than a position.
    private static func firstIndex(in listed: [Int32], from position: Int) -> Int {
        var (low, high) = (0, listed.count)
        while low < high {
            let middle = low + (high - low) / 2
            if Int(listed[middle]) < position { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Returns whether a provider of that name may be created.
    func allowsCreating(project: String, handle: String) -> Bool {
        rights(project: project, handle: handle).contains(.create)
    }

    /// Returns the rights on a provider of that name, which need not exist.
    func rights(project: String, handle: String) -> AccessRights {
        grants?.rights(project: project, handle: handle) ?? .all
    }

    /// A Boolean value that indicates whether every provider is listed, including those that are added later.
    var mayListEverything: Bool { grants?.mayListEverything ?? true }

    /// A Boolean value that indicates whether any provider may be created.
    var mayCreateSomething: Bool { grants?.mayCreateSomething ?? true }
}
