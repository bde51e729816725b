import RosterModel
import RosterSources

/// Every declaration of a repository, and who links whom.
struct LinkedModel: Sendable {
    var listing: Listing { targets.listing }
    var roster: RosterDeclaration { targets.projects.roster }
    /// Positions in `roster.projects` by handle.
    var projects: [String: Int] { targets.projects.positions }
    /// By project handle, then handle.
    var providers: [ReadProvider] { read.all }
    /// By project handle, then handle.
    var secrets: [Shared<SecretDeclaration>] { targets.secrets }
    /// Positions of providers that seem to share their id with another, or their name with one of their project.
    let repeated: (names: [Int], ids: [Int])
    /// Files that a provider links.
    let linkedSecrets: Set<FileIndex>
    /// Links that lead to no secret of their project.
    let unresolvedLinks: [UnresolvedLink]
    /// The day that dates are held against.
    let today: CalendarDate

    private let targets: LinkTargets
    private var read: ReadProviders

    /// Brings together what was read.
    init(_ tree: ReadTree, today: CalendarDate) async {
        targets = tree.targets
        read = tree.providers
        self.today = today
        linkedSecrets = Set(tree.linkedSecrets.map { tree.targets.secrets[$0].value.file })
        unresolvedLinks = tree.unresolvedLinks
        let hashes = tree.providers.hashes
        async let ids = RepeatFilter.repeats(in: hashes.ids)
        repeated = (names: RepeatFilter.repeats(in: hashes.names), ids: await ids)
    }

    /// Files of providers that were let go, and that rules have to look at after all.
    var wantedFiles: [FileIndex] {
        Set(repeated.ids + repeated.names).filter { providers[$0].declaration == nil }
            .map { providers[$0].file }.sorted()
    }

    /// Takes in declarations that were let go before.
    mutating func restore(_ declarations: [FileIndex: Shared<ProviderDeclaration>]) { read.restore(declarations) }

    /// Returns whether the secret that each provider of a project links is known.
    func areLinksKnown(in project: String) -> Bool {
        areProvidersRead(in: project) && !read.projectsWithRefusedLinks.contains(project)
    }

    /// Returns whether every provider of a project could be read, so that its link is known or was refused.
    func areProvidersRead(in project: String) -> Bool {
        !listing.areProvidersUnread && !read.projectsWithUnknownLinks.contains(project)
    }

    /// The id of the project that a provider or secret lies in.
    func id(ofProjectWith file: FileIndex) -> ProjectID? { targets.projects.id(ofProjectWith: file) }

    /// The secret that the link of a provider leads to, when it leads to one.
    func secret(linkedBy provider: ReadProvider) -> Shared<SecretDeclaration>? { targets.secret(at: provider.link) }
}
