/// The providers that a resource of a statement covers.
package enum AccessScope: Sendable, Hashable {
    /// Every provider.
    case everywhere
    /// Every provider of a project, by the project's handle.
    case project(String)
    /// One provider, as `<project>/<handle>`.
    case provider(String)

    /// Reads a resource as it is written in a statement.
    package init(_ resource: String) {
        if resource == "*" {
            self = .everywhere
        } else if resource.hasSuffix("/*") {
            self = .project(String(resource.dropLast(2)))
        } else {
            self = .provider(resource)
        }
    }
}

extension Access.Statement {
    /// The actions that the statement names.
    package var rights: AccessRights {
        actions.reduce(into: AccessRights()) { $0.formUnion(AccessRights(named: $1)) }
    }
}

/// What policies allow, put together once, so that a provider costs a few look-ups.
///
/// The evaluation is the format's: nothing matches, denied; any matching Deny, denied; else a matching Allow, allowed.
package struct AccessGrants: Sendable, Hashable {
    /// What the statements of one effect say, by the width of their resources.
    private struct Resources: Sendable, Hashable {
        var everywhere: AccessRights = []
        var byProject: [String: AccessRights] = [:]
        var byName: [String: AccessRights] = [:]

        mutating func add(_ rights: AccessRights, on resource: String) {
            switch AccessScope(resource) {
            case .everywhere: everywhere.formUnion(rights)
            case .project(let handle): byProject[handle, default: []].formUnion(rights)
            case .provider(let name): byName[name, default: []].formUnion(rights)
            }
        }

        func rights(project: String, handle: String) -> AccessRights {
            var rights = everywhere
            if !byProject.isEmpty { rights.formUnion(byProject[project] ?? []) }
            if !byName.isEmpty { rights.formUnion(byName[project + "/" + handle] ?? []) }
            return rights
        }

        /// Every right that is named, on whatever.
        var anywhere: AccessRights {
            [byProject, byName].joined().reduce(everywhere) { $0.union($1.value) }
        }
    }

    private var allowed = Resources()
    private var denied = Resources()
    private let lock: String?

    /// Puts policies together; with `lock` nothing outside that project is allowed, whatever they say.
    package init(policies: [Access.Policy], lock: Handle?) {
        self.lock = lock?.text
        for statement in policies.flatMap(\.statements) {
            let rights = statement.rights
            for resource in statement.resources {
                switch statement.effect {
                case .allow: allowed.add(rights, on: resource)
                case .deny: denied.add(rights, on: resource)
                }
            }
        }
    }

    /// What is allowed on `<project>/<handle>`, whether or not there is such a provider.
    package func rights(project: String, handle: String) -> AccessRights {
        guard lock == nil || lock == project else { return [] }
        return allowed.rights(project: project, handle: handle)
            .subtracting(denied.rights(project: project, handle: handle))
    }

    /// Whether every provider that there can be is listed.
    package var mayListEverything: Bool {
        lock == nil && allowed.everywhere.contains(.list) && !denied.anywhere.contains(.list)
    }

    /// Whether some statement allows creating something, so that it depends on what.
    package var mayCreateSomething: Bool { allowed.anywhere.contains(.create) }
}
