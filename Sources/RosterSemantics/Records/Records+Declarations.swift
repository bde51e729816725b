package import RosterFrontend
package import RosterModel
package import RosterSources

extension Project {
    /// Creates a project from its declaration; nil when a part of it was refused.
    package init?(_ declaration: ProjectDeclaration) {
        guard let id = declaration.id, let name = declaration.name, let handle = Handle(declaration.handle.value) else {
            return nil
        }
        self.init(id: id.value, handle: handle, name: name.value)
    }
}

extension Secret {
    /// Creates a secret from its declaration; nil when a part of it was refused.
    package init?(
        _ declaration: SecretDeclaration,
        in file: TreeFile,
        line: Int,
        dates: FileDates,
        projectID: ProjectID?
    ) {
        guard let id = declaration.id, let name = declaration.name, let hosts = declaration.allowedHosts,
            let generation = declaration.generation, let fingerprint = declaration.fingerprint, let projectID,
            let handle = Handle(file.handle)
        else { return nil }
        self.init(
            id: id.value,
            projectID: projectID,
            handle: handle,
            name: name.value,
            allowedHosts: hosts.value,
            generation: generation.value,
            fingerprint: fingerprint.value,
            rotateBy: declaration.rotateBy.located?.value,
            boxes: declaration.boxes.map { Secret.Box(key: $0.key.value, box: $0.box.value) },
            createdAt: Timestamp(secondsSince1970: dates.created),
            updatedAt: Timestamp(secondsSince1970: dates.updated),
            source: Registry.Source(path: file.path, line: line)
        )
    }
}

extension Access {
    /// Creates the access rules from their declaration.
    package init(_ declaration: AccessDeclaration) {
        self.init(
            policies: declaration.policies.map { policy in
                Access.Policy(
                    name: policy.name.value,
                    statements: policy.statements.map {
                        Access.Statement(
                            effect: $0.effect,
                            actions: $0.actions.map { ActionPattern($0.value) },
                            resources: $0.resources.map { ResourcePattern($0.value) }
                        )
                    }
                )
            },
            tokens: declaration.tokens.compactMap { token in
                guard let id = token.id, let name = token.name, let hash = token.hash else { return nil }
                return Access.Token(
                    id: id.value,
                    name: name.value,
                    hash: hash.value,
                    policies: token.policies.map(\.value),
                    project: token.project.located.flatMap { Handle($0.value) },
                    expires: token.expires.located?.value
                )
            }
        )
    }
}
