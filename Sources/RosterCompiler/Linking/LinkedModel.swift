import RosterModel

/// Every declaration of a repository, and who links whom.
struct LinkedModel: Sendable {
    let listing: Listing
    let roster: RosterDeclaration
    /// Positions in `roster.projects` by handle.
    let projects: [String: Int]
    /// By the positions of the listing's folders.
    let projectIDs: [ProjectID?]
    /// By project handle, then handle.
    private(set) var providers: [ReadProvider]
    /// By project handle, then handle.
    let secrets: [Shared<SecretDeclaration>]
    /// Positions of providers that seem to share their id with another, or their name with one of their project.
    let repeated: (ids: [Int], names: [Int])
    /// Files that a provider links.
    let linkedSecrets: Set<FileIndex>
    /// The day that dates are held against.
    let today: CalendarDate

    private let targets: LinkTargets
    /// Projects with a provider whose link nobody can know, because it was refused or its file was.
    private let projectsWithUnknownLinks: Set<String>

    /// A provider's file, when it could be read.
    struct ReadProvider: Sendable {
        let file: FileIndex
        let link: Link
        /// Nil when it was let go.
        fileprivate(set) var declaration: Shared<ProviderDeclaration>?
    }

    /// Brings together what was read.
    init(_ tree: ReadTree, today: CalendarDate) {
        listing = tree.targets.listing
        roster = tree.targets.roster
        projects = tree.targets.projects
        projectIDs = tree.targets.projectIDs
        secrets = tree.targets.secrets
        targets = tree.targets
        self.today = today
        linkedSecrets = Set(tree.linkedSecrets.map { [secrets] in secrets[$0].value.file })
        var providers: [ReadProvider] = []
        var hashes: (ids: [Int], names: [Int]) = ([], [])
        providers.reserveCapacity(listing.firstSecret)
        hashes.ids.reserveCapacity(listing.firstSecret)
        hashes.names.reserveCapacity(listing.firstSecret)
        var unknownLinks = listing.projectsWithUnreadProviders
        let files = tree.files
        for index in 1..<listing.firstSecret {
            var declaration: Shared<ProviderDeclaration>?
            switch files[index].declaration {
            case .provider(let kept): declaration = kept
            case .letGo: break
            case .broken, .roster, .secret:
                // Where most files were not read, their folder is named once for all of them.
                let isNamed =
                    index > 1 && !files[index].isRead && !files[index - 1].isRead
                    && listing.folderOfFile[index] == listing.folderOfFile[index - 1]
                if !isNamed { unknownLinks.insert(listing.project(of: index)) }
                continue
            }
            if files[index].isLinkRefused { unknownLinks.insert(listing.project(of: index)) }
            providers.append(ReadProvider(file: index, link: files[index].link, declaration: declaration))
            let own = files[index].hashes
            hashes.ids.append(own.id)
            hashes.names.append(own.name == 0 ? 0 : own.name &+ Int(listing.folderOfFile[index]) &* Self.spread)
        }
        self.providers = providers
        projectsWithUnknownLinks = unknownLinks
        repeated = (RepeatFilter.repeats(in: hashes.ids), RepeatFilter.repeats(in: hashes.names))
    }

    /// A large odd number.
    private static let spread = 0x2545_F491_4F6C_DD1D

    /// Files of providers that were let go, and that rules have to look at after all.
    var wantedFiles: [FileIndex] {
        Set(repeated.ids + repeated.names).filter { providers[$0].declaration == nil }
            .map { providers[$0].file }.sorted()
    }

    /// Takes in declarations that were let go before.
    mutating func restore(_ declarations: [FileIndex: Shared<ProviderDeclaration>]) {
        guard !declarations.isEmpty else { return }
        for position in providers.indices {
            guard let declaration = declarations[providers[position].file] else { continue }
            providers[position].declaration = declaration
        }
    }

    /// Whether every provider of a project says which secret it links.
    func areLinksKnown(in project: String) -> Bool {
        !listing.areProvidersUnread && !projectsWithUnknownLinks.contains(project)
    }

    /// The secret that the link of a provider leads to, when it leads to one.
    func secret(linkedBy provider: ReadProvider) -> Shared<SecretDeclaration>? { targets.secret(at: provider.link) }

    /// Handles of a project's providers, broken files included.
    func providerHandles(in project: String) -> [String] {
        listing.files.indices.dropFirst().lazy
            .filter { listing.role(of: $0) == .provider && listing.project(of: $0) == project }
            .map { listing.handle(of: $0) }
    }
}
