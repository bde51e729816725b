import RosterModel
import RosterSources

/// Puts linked declarations and dates together to a registry.
struct RegistryBuilder {
    private let model: LinkedModel
    private let files: [ReadFile]
    private let history: TreeHistory

    /// Builds from a model in which no error was found.
    init(model: LinkedModel, files: [ReadFile], history: TreeHistory) {
        self.model = model
        self.files = files
        self.history = history
    }

    func build() -> Registry {
        var registry = frame()
        registry.providers = providers(at: model.providers.indices)
        return registry
    }

    /// The same by several threads.
    func build(concurrency: Int) async -> Registry {
        var registry = frame()
        let parts = await ParallelRanges(model.providers.indices, concurrency: concurrency).map(providers(at:))
        registry.providers = parts.count == 1 ? parts[0] : Array(parts.joined())
        return registry
    }

    private func providers(at positions: Range<Int>) -> [Provider] {
        positions.compactMap { linkedProvider(at: $0)?.provider }
    }

    /// The registry without its providers.
    private func frame() -> Registry {
        var registry = Registry(model.roster, history: history)
        registry.secrets = model.secrets.compactMap { secret($0.value) }
        return registry
    }

    private func linkedProvider(at position: Int) -> LinkedProvider? {
        let provider = model.providers[position]
        guard let declaration = provider.declaration else { return nil }
        return LinkedProvider(
            declaration,
            in: model.listing.files[provider.file],
            line: files[provider.file].firstLine,
            dates: dates(of: provider.file),
            projectID: model.id(ofProjectWith: provider.file),
            secretID: model.secret(linkedBy: provider)?.value.id?.value
        )
    }

    private func secret(_ declaration: SecretDeclaration) -> Secret? {
        Secret(
            declaration,
            in: model.listing.files[declaration.file],
            line: files[declaration.file].firstLine,
            dates: dates(of: declaration.file),
            projectID: model.id(ofProjectWith: declaration.file)
        )
    }

    private func dates(of file: FileIndex) -> FileDates {
        if !history.dates.isEmpty, let dates = history.dates[model.listing.files[file].path] { return dates }
        return files[file].ownDates
    }
}

extension Registry {
    /// A registry without records.
    init(_ roster: RosterDeclaration, history: TreeHistory) {
        self.init(
            revision: Registry.Revision(
                commit: history.commit,
                committedAt: history.committedAt.map(Timestamp.init(secondsSince1970:)),
                isDirty: history.isDirty
            ),
            projects: roster.projects.compactMap(Project.init).sorted { $0.handle < $1.handle },
            providers: [],
            secrets: [],
            sealingKeys: roster.sealingKeys.map {
                SealingKey(id: $0.id.value, publicKey: $0.publicKey.value, name: $0.name, isRetired: $0.isRetired)
            },
            access: roster.access.map(Access.init)
        )
    }
}

extension Project {
    fileprivate init?(_ declaration: ProjectDeclaration) {
        guard let id = declaration.id, let name = declaration.name, let handle = Handle(declaration.handle.value) else {
            return nil
        }
        self.init(id: id.value, handle: handle, name: name.value)
    }
}

extension Secret {
    /// A secret as it is written; nil when something of it was refused.
    init?(_ declaration: SecretDeclaration, in file: TreeFile, line: Int, dates: FileDates, projectID: ProjectID?) {
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
    /// Who may read, as it is written.
    init(_ declaration: AccessDeclaration) {
        self.init(
            policies: declaration.policies.map { policy in
                Access.Policy(
                    name: policy.name.value,
                    statements: policy.statements.map {
                        Access.Statement(
                            effect: $0.effect,
                            actions: $0.actions.map(\.value),
                            resources: $0.resources.map(\.value)
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
