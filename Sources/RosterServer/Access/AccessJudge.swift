import RosterModel

/// Decides by policies: nothing that matches denies, a matching Deny denies, else a matching Allow allows.
struct AccessJudge: Sendable {
    private struct Statement: Sendable {
        var isDeny: Bool
        var actions: AccessRights
        var resource: Resource
    }

    private enum Resource: Sendable {
        case everything
        case project(String)
        case provider(project: String, handle: String)

        init(_ text: String) {
            guard text != "*", let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
                self = .everything
                return
            }
            let (project, handle) = (String(text[..<slash]), String(text[text.index(after: slash)...]))
            self = handle == "*" ? .project(project) : .provider(project: project, handle: handle)
        }

        func covers(project: String, handle: String) -> Bool {
            switch self {
            case .everything: true
            case .project(let own): own == project
            case .provider(let own, let name): own == project && name == handle
            }
        }
    }

    private let statements: [Statement]
    private let lock: String?

    /// Makes a judge; with `lock` nothing outside that project is allowed, whatever the policies say.
    init(policies: [Access.Policy], lock: Handle?) {
        statements = policies.flatMap(\.statements).flatMap { statement in
            let actions = statement.actions.reduce(into: AccessRights()) { $0.formUnion(AccessRights(named: $1)) }
            return statement.resources.map { resource in
                Statement(isDeny: statement.effect == .deny, actions: actions, resource: Resource(resource))
            }
        }
        self.lock = lock?.text
    }

    /// What is allowed on `<project>/<handle>`, whether or not there is such a provider.
    func rights(project: String, handle: String) -> AccessRights {
        guard lock == nil || lock == project else { return [] }
        var (allowed, denied): (AccessRights, AccessRights) = ([], [])
        for statement in statements where statement.resource.covers(project: project, handle: handle) {
            if statement.isDeny {
                denied.formUnion(statement.actions)
            } else {
                allowed.formUnion(statement.actions)
            }
        }
        return allowed.subtracting(denied)
    }

    /// Whether every provider that there can be is listed.
    var mayListEverything: Bool {
        guard lock == nil else { return false }
        let listing = statements.filter { $0.actions.contains(.list) }
        let isEverythingAllowed = listing.contains { statement in
            if case .everything = statement.resource { !statement.isDeny } else { false }
        }
        return isEverythingAllowed && !listing.contains(where: \.isDeny)
    }

    /// Whether some statement allows creating something, so that it depends on what.
    var mayCreateSomething: Bool { statements.contains { !$0.isDeny && $0.actions.contains(.create) } }
}
