extension Access.Statement {
    /// The actions that the statement names.
    package var rights: AccessRights {
        actions.reduce(into: AccessRights()) { $0.formUnion($1.rights) }
    }
}

/// The rights that policies grant, indexed so that a decision about a provider costs a few look-ups.
///
/// A matching Deny denies; otherwise a matching Allow allows; without a match, access is denied.
package struct AccessGrants: Sendable, Hashable {
    /// The rights in the statements of one effect, by the scope of their resources.
    private struct Resources: Sendable, Hashable {
        var everywhere: AccessRights = []
        var byProject: [String: AccessRights] = [:]
        var byName: [String: AccessRights] = [:]

        mutating func add(_ rights: AccessRights, on resource: ResourcePattern) {
            switch resource.scope {
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

        /// The union of the rights on any resource.
        var anywhere: AccessRights {
            [byProject, byName].joined().reduce(everywhere) { $0.union($1.value) }
        }
    }

    private var allowed = Resources()
    private var denied = Resources()
    private let lock: String?

    /// Indexes policies; with `lock`, nothing outside that project is allowed.
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

    /// Returns the rights on `<project>/<handle>`, which need not exist.
    package func rights(project: String, handle: String) -> AccessRights {
        guard lock == nil || lock == project else { return [] }
        return allowed.rights(project: project, handle: handle)
            .subtracting(denied.rights(project: project, handle: handle))
    }

    /// A Boolean value that indicates whether every possible provider may be listed.
    package var mayListEverything: Bool {
        lock == nil && allowed.everywhere.contains(.list) && !denied.anywhere.contains(.list)
    }

    /// A Boolean value that indicates whether some statement allows the creation of a provider.
    package var mayCreateSomething: Bool { allowed.anywhere.contains(.create) }
}
