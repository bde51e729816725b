import RosterModel

/// What the tokens of one set of policies may do in one snapshot: the rights for each provider, worked out once.
final class AccessView: Sendable {
    /// The number of the view among those of its snapshot.
    let number: Int
    /// The rights for each provider, by its position in the registry.
    private let rights: [AccessRights]
    /// Positions of the providers that lists show; nil when they show all.
    let listed: [Int32]?
    private let grants: AccessGrants?

    /// The view of an open registry: everything.
    init(openTo registry: Registry) {
        number = 0
        rights = Array(repeating: .all, count: registry.providers.count)
        listed = nil
        grants = nil
    }

    /// The view of policies, locked to a project or not.
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

    /// Whether an action on a provider is allowed; a missing provider is asked about like any other.
    func allows(_ action: AccessRights, at position: Int?) -> Bool {
        guard let position else { return false }
        return rights[position].contains(action)
    }

    /// Whether a provider of that name may be created.
    func allowsCreating(project: String, handle: String) -> Bool {
        grants?.rights(project: project, handle: handle).contains(.create) ?? true
    }

    /// Whether every provider is listed, those of other projects that may come later too.
    var mayListEverything: Bool { grants?.mayListEverything ?? true }

    /// Whether there is any provider that may be created.
    var mayCreateSomething: Bool { grants?.mayCreateSomething ?? true }
}
