import RosterModel

/// What one token may do, put together from its policies once, so that a provider costs two look-ups.
///
/// The evaluation is the format's: nothing matches, denied; any matching Deny, denied; else a matching Allow, allowed.
struct TokenGrants: Hashable {
    /// A set of ``AccessAction``s, a bit each in the order of the cases.
    typealias Actions = UInt8

    static let everything = Actions((1 << AccessAction.allCases.count) - 1)

    /// What a kind of statement says, by the width of its resources.
    private struct Resources: Hashable {
        var everywhere: Actions = 0
        var byProject: [String: Actions] = [:]
        var byName: [String: Actions] = [:]

        mutating func add(_ actions: Actions, on resource: String) {
            if resource == "*" {
                everywhere |= actions
            } else if resource.hasSuffix("/*") {
                byProject[String(resource.dropLast(2)), default: 0] |= actions
            } else {
                byName[resource, default: 0] |= actions
            }
        }

        func actions(_ project: String, _ handle: String) -> Actions {
            var actions = everywhere
            if !byProject.isEmpty { actions |= byProject[project] ?? 0 }
            if !byName.isEmpty { actions |= byName[project + "/" + handle] ?? 0 }
            return actions
        }
    }

    private var allowed = Resources()
    private var denied = Resources()
    private let project: String?
    /// The last day that it is valid; nil when it stays so.
    let expires: CalendarDate?

    init(_ token: Access.Token, policies: [Access.Policy]) {
        project = token.project?.text
        expires = token.expires
        for name in token.policies {
            for statement in policies.first(where: { $0.name == name })?.statements ?? [] {
                let actions = statement.actions.reduce(Actions(0)) { $0 | Self.actions(named: $1) }
                for resource in statement.resources {
                    switch statement.effect {
                    case .allow: allowed.add(actions, on: resource)
                    case .deny: denied.add(actions, on: resource)
                    }
                }
            }
        }
    }

    /// What it may do with a provider while it is valid.
    func actions(_ project: String, _ handle: String) -> Actions {
        if let locked = self.project, locked != project { return 0 }
        return allowed.actions(project, handle) & ~denied.actions(project, handle)
    }

    private static func actions(named name: String) -> Actions {
        if AccessAction.wildcards.contains(name) { return everything }
        guard let position = AccessAction.allCases.firstIndex(where: { $0.rawValue == name }) else { return 0 }
        return 1 << Actions(position)
    }

    /// Names of actions, in the order of the cases.
    static func names(_ actions: Actions) -> [String] {
        AccessAction.allCases.enumerated().filter { actions & (1 << Actions($0.offset)) != 0 }.map(\.element.rawValue)
    }
}
