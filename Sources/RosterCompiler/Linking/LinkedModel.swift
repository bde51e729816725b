import RosterModel

/// Every declaration of a repository, and who links whom.
struct LinkedModel: Sendable {
    let listing: Listing
    let roster: RosterDeclaration
    /// By project handle, then handle.
    let providers: [Shared<ProviderDeclaration>]
    /// By project handle, then handle.
    let secrets: [Shared<SecretDeclaration>]
    /// Hashes of the providers' ids and, with their projects', names, by the providers' positions.
    let providerHashes: (ids: [Int], names: [Int])
    /// Hashes of the secrets' ids, by the secrets' positions.
    let secretHashes: [Int]
    /// Positions in `roster.projects` by handle.
    let projects: [String: Int]
    /// The day that dates are held against.
    let today: CalendarDate

    /// Positions in ``secrets`` by project and handle; -1 for a file that could not be read.
    private let secretPositions: [String: [String: Int]]
    /// For each provider, the position of the secret that it links.
    private let links: [Int32]
    /// Files that a provider links.
    let linkedSecrets: Set<FileIndex>
    /// Projects with a provider whose link nobody can know, because it was refused or its file was.
    private let projectsWithUnknownLinks: Set<String>

    /// Links what was read.
    init(listing: Listing, files: [ReadFile], today: CalendarDate, concurrency: Int) async {
        self.listing = listing
        self.today = today
        var roster = RosterDeclaration.unknown
        var providers: [Shared<ProviderDeclaration>] = []
        var secrets: [Shared<SecretDeclaration>] = []
        var positions: [String: [String: Int]] = [:]
        var hashes: (ids: [Int], names: [Int], secrets: [Int]) = ([], [], [])
        providers.reserveCapacity(files.count)
        hashes.ids.reserveCapacity(files.count)
        hashes.names.reserveCapacity(files.count)
        var unknownLinks = listing.projectsWithUnreadProviders
        for index in files.indices {
            switch files[index].declaration {
            case .roster(let declaration): roster = declaration.value
            case .provider(let declaration):
                if case .invalid = declaration.value.secret { unknownLinks.insert(listing.project(of: index)) }
                providers.append(declaration)
                hashes.ids.append(files[index].hashes.id)
                hashes.names.append(files[index].hashes.name &+ Int(listing.folderOfFile[index]) &* Self.spread)
            case .secret(let declaration):
                positions[listing.project(of: index), default: [:]][listing.handle(of: index)] = secrets.count
                secrets.append(declaration)
                hashes.secrets.append(files[index].hashes.id)
            case .broken where listing.role(of: index) == .secret:
                positions[listing.project(of: index), default: [:]][listing.handle(of: index)] = -1
            // Where most files were not read, their folder is named once for all of them.
            case .broken
            where index > 1 && !files[index].isRead && !files[index - 1].isRead
                && listing.folderOfFile[index] == listing.folderOfFile[index - 1]:
                break
            case .broken where index > 0: unknownLinks.insert(listing.project(of: index))
            case .broken: break
            }
        }
        projectsWithUnknownLinks = unknownLinks
        self.roster = roster
        self.providers = providers
        self.secrets = secrets
        providerHashes = (hashes.ids, hashes.names)
        secretHashes = hashes.secrets
        secretPositions = positions
        projects = Dictionary(
            roster.projects.enumerated().map { ($1.handle.value, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let found = await ParallelRanges(providers.indices, concurrency: concurrency).map {
            [providers, positions] range in
            Links(of: providers[range], listing, positions)
        }
        links = found.flatMap(\.targets)
        linkedSecrets = Set(found.flatMap(\.linked).map { secrets[$0].value.file })
    }

    /// A large odd number.
    private static let spread = 0x2545_F491_4F6C_DD1D

    /// What some providers link.
    private struct Links: Sendable {
        var targets: [Int32] = []
        /// Positions of secrets.
        var linked: Set<Int> = []

        init(
            of providers: ArraySlice<Shared<ProviderDeclaration>>,
            _ listing: Listing,
            _ positions: [String: [String: Int]]
        ) {
            targets.reserveCapacity(providers.count)
            // Providers of one folder follow one another: its secrets are looked up once.
            var (folder, handles): (Int32, [String: Int]?) = (-1, nil)
            for provider in providers {
                let itsFolder = listing.folderOfFile[provider.value.file]
                if itsFolder != folder {
                    (folder, handles) = (itsFolder, positions[listing.project(of: provider.value.file)])
                }
                guard let name = provider.value.secret.located?.value, let handles else {
                    targets.append(Unlinked.missing)
                    continue
                }
                targets.append(handles[name].map { $0 < 0 ? Unlinked.broken : Int32($0) } ?? Unlinked.missing)
                // A secret whose name is misspelt where it is linked is not unused: one mistake, one finding.
                let position =
                    handles[name] ?? NearestName.find(name, among: Array(handles.keys)).flatMap { handles[$0] }
                if let position, position >= 0 { linked.insert(position) }
            }
        }
    }

    /// Whether every provider of a project says which secret it links.
    func areLinksKnown(in project: String) -> Bool {
        !listing.areProvidersUnread && !projectsWithUnknownLinks.contains(project)
    }

    /// What a link leads to.
    enum Link {
        case secret(Shared<SecretDeclaration>)
        /// There is such a file, and it could not be read.
        case broken
    }

    /// What stands in place of a secret's position.
    private enum Unlinked {
        static let missing: Int32 = -1
        static let broken: Int32 = -2
    }

    /// Where the link of a provider leads, by the provider's position; nil when it has none, or there is no such file.
    func link(ofProviderAt position: Int) -> Link? {
        switch links[position] {
        case Unlinked.missing: nil
        case Unlinked.broken: .broken
        case let secret: .secret(secrets[Int(secret)])
        }
    }

    func secretHandles(in project: String) -> [String] { secretPositions[project].map { Array($0.keys) } ?? [] }

    /// Handles of the projects that have a secret of that handle, in order.
    func projectsWithSecret(_ handle: String) -> [String] {
        secretPositions.filter { $0.value[handle] != nil }.keys.sorted()
    }

    /// Handles of a project's providers, broken files included.
    func providerHandles(in project: String) -> [String] {
        listing.files.indices.dropFirst().lazy
            .filter { listing.role(of: $0) == .provider && listing.project(of: $0) == project }
            .map { listing.handle(of: $0) }
    }

    /// A record's `<project>/<handle>`.
    func fullName(of file: FileIndex) -> String { listing.project(of: file) + "/" + listing.handle(of: file) }
}
