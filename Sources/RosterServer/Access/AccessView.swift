import RosterModel

/// What the tokens of one set of policies may do in one snapshot: the rights for each provider, worked out once.
final class AccessView: Sendable {
    /// The number of the view among those of its snapshot.
    let number: Int
    /// The rights for each provider, by its position in the registry.
    private let rights: [AccessRights]
    /// Positions of the providers that lists show; nil when they show all.
    let listed: [Int32]?
    private let judge: AccessJudge?

    /// The view of an open registry: everything.
    init(openTo registry: Registry) {
        number = 0
        rights = Array(repeating: .all, count: registry.providers.count)
        listed = nil
        judge = nil
    }

    /// The view of policies, locked to a project or not.
    init(number: Int, of registry: Registry, policies: [Access.Policy], lock: Handle?) {
        self.number = number
        let judge = AccessJudge(policies: policies, lock: lock)
        let handles = Dictionary(registry.projects.map { ($0.id, $0.handle.text) }) { first, _ in first }
        let rights = registry.providers.map { provider in
            judge.rights(project: handles[provider.projectID] ?? "", handle: provider.handle.text)
        }
        let listed = rights.indices.filter { rights[$0].contains(.list) }
        self.rights = rights
        self.listed = listed.count == rights.count ? nil : listed.map(Int32.init)
        self.judge = judge
    }

    /// Whether an action on a provider is allowed; a missing provider is asked about like any other.
    func allows(_ action: AccessRights, at position: Int?) -> Bool {
        guard let position else { return false }
        return rights[position].contains(action)
    }

    /// Whether a provider of that name may be created.
    func allowsCreating(project: String, handle: String) -> Bool {
        judge?.rights(project: project, handle: handle).contains(.create) ?? true
    }

    /// Whether every provider is listed, those of other projects that may come later too.
    var mayListEverything: Bool { judge?.mayListEverything ?? true }

    /// Whether there is any provider that may be created.
    var mayCreateSomething: Bool { judge?.mayCreateSomething ?? true }
}

/// A set of actions.
struct AccessRights: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    static let list = AccessRights(.list)
    static let get = AccessRights(.get)
    static let create = AccessRights(.create)
    static let update = AccessRights(.update)
    static let delete = AccessRights(.delete)
    static let all: AccessRights = [.list, .get, .create, .update, .delete]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    private init(_ action: AccessAction) {
        rawValue = 1 << UInt8(AccessAction.allCases.firstIndex(of: action) ?? 0)
    }

    /// The actions that a name of a policy stands for.
    init(named name: String) {
        if AccessAction.wildcards.contains(name) {
            self = .all
        } else if let action = AccessAction(rawValue: name) {
            self.init(action)
        } else {
            self = []
        }
    }
}
