package import RosterFrontend
package import RosterModel
package import RosterSemantics
package import RosterSources

/// A builder of a registry from linked declarations and dates.
package struct RegistryBuilder {
    private let repository: LinkedRepository
    private let files: [CheckedFile]
    private let history: TreeHistory

    /// Creates a builder; records that were refused are left out.
    package init(_ repository: LinkedRepository, files: [CheckedFile], history: TreeHistory) {
        self.repository = repository
        self.files = files
        self.history = history
    }

    /// Returns the registry.
    package func build() -> Registry {
        var registry = frame()
        registry.providers = providers(at: repository.providers.indices)
        return registry
    }

    /// Returns the registry, built by several threads.
    package func build(concurrency: Int) async -> Registry {
        var registry = frame()
        let parts = await ParallelRanges(repository.providers.indices, concurrency: concurrency).map(providers(at:))
        registry.providers = parts.count == 1 ? parts[0] : Array(parts.joined())
        return registry
    }

    private func providers(at positions: Range<Int>) -> [Provider] {
        positions.compactMap { provider(at: $0) }
    }

    /// Returns the registry without its providers.
    package func frame() -> Registry {
        var registry = Registry(repository.roster, history: history)
        registry.secrets = repository.secrets.compactMap { secret($0.value) }
        return registry
    }

    /// Returns the provider at a position of the repository; nil when a part of it was refused.
    package func provider(at position: Int) -> Provider? {
        let linked = repository.providers[position]
        guard let provider = linked.declaration else { return nil }
        return ProviderRecord(
            provider,
            in: repository.listing.files[linked.file],
            line: files[linked.file].firstLine,
            dates: dates(of: linked.file),
            projectID: repository.id(ofProjectWith: linked.file),
            secretID: repository.secret(linkedBy: linked)?.value.id?.value
        )?.provider
    }

    private func secret(_ declaration: SecretDeclaration) -> Secret? {
        Secret(
            declaration,
            in: repository.listing.files[declaration.file],
            line: files[declaration.file].firstLine,
            dates: dates(of: declaration.file),
            projectID: repository.id(ofProjectWith: declaration.file)
        )
    }

    private func dates(of file: FileIndex) -> FileDates {
        if !history.dates.isEmpty, let dates = history.dates[repository.listing.files[file].path] { return dates }
        return files[file].ownDates
    }
}

extension Registry {
    /// Creates a registry without records.
    package init(_ roster: RosterDeclaration, history: TreeHistory) {
        self.init(
            revision: Registry.Revision(history),
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

extension Registry.Revision {
    /// Creates the revision that a history describes.
    package init(_ history: TreeHistory) {
        self.init(
            commit: history.commit,
            committedAt: history.committedAt.map(Timestamp.init(secondsSince1970:)),
            isDirty: history.isDirty
        )
    }
}
