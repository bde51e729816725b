package import RosterFrontend
package import RosterModel
package import RosterSources

/// A repository with every provider linked: the input of the rules about more than one file.
package struct LinkedRepository: Sendable {
    /// The files.
    package var listing: Listing { index.listing }
    /// The declaration of `roster.yaml`.
    package var roster: RosterDeclaration { index.projects.roster }
    /// The positions in `roster.projects` by handle.
    package var projects: [String: Int] { index.projects.positions }
    /// The providers by project handle, then handle.
    package var providers: [LinkedProvider] { table.all }
    /// The secrets by project handle, then handle.
    package var secrets: [Shared<SecretDeclaration>] { index.secrets }
    /// The positions of providers that seem to share their id with another, or their name with one of their project.
    package let repeated: (names: [Int], ids: [Int])
    /// The secrets' files that a provider links.
    package let linkedSecrets: Set<FileIndex>
    /// The links that resolve to no secret of their project.
    package let unresolvedLinks: [UnresolvedLink]
    /// The day that dates are compared with.
    package let today: CalendarDate

    /// The catalogue that models are compared with.
    package let models: ModelsFile

    /// The secrets by project and handle.
    package let index: SecretIndex
    /// The providers with their links.
    package private(set) var table: ProviderTable

    /// Creates a repository from the results of the linker.
    package init(
        _ index: SecretIndex,
        _ table: ProviderTable,
        models: ModelsFile,
        linkedSecrets: Set<Int>,
        unresolvedLinks: [UnresolvedLink],
        today: CalendarDate
    ) async {
        self.index = index
        self.table = table
        self.models = models
        self.today = today
        self.linkedSecrets = Set(linkedSecrets.map { index.secrets[$0].value.file })
        self.unresolvedLinks = unresolvedLinks
        let hashes = table.hashes
        async let ids = RepeatFilter.repeats(in: hashes.ids)
        repeated = (names: RepeatFilter.repeats(in: hashes.names), ids: await ids)
    }

    /// The files of providers whose declarations were released, and that a rule needs.
    package var wantedFiles: [FileIndex] {
        Set(repeated.ids + repeated.names).filter { providers[$0].declaration == nil }
            .map { providers[$0].file }.sorted()
    }

    /// Adds declarations that were released before.
    package mutating func restore(_ declarations: [FileIndex: Shared<ProviderDeclaration>]) {
        table.restore(declarations)
    }

    /// Returns whether the secret that each provider of a project links is known.
    package func areLinksKnown(in project: String) -> Bool {
        areProvidersRead(in: project) && !table.projectsWithRefusedLinks.contains(project)
    }

    /// Returns whether every provider of a project was read, so that its link is known or was refused.
    package func areProvidersRead(in project: String) -> Bool {
        !listing.areProvidersUnread && !table.projectsWithUnknownLinks.contains(project)
    }

    /// Returns the id of the project of a provider or secret.
    package func id(ofProjectWith file: FileIndex) -> ProjectID? { index.projects.id(ofProjectWith: file) }

    /// Returns the secret at the target of a provider's link.
    package func secret(linkedBy provider: LinkedProvider) -> Shared<SecretDeclaration>? {
        index.secret(at: provider.link)
    }
}
