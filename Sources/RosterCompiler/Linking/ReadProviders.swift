import RosterSources

/// The providers whose files could be read, taken in one by one while others are still being read.
struct ReadProviders: Sendable {
    /// By project handle, then handle.
    private(set) var all: [ReadProvider] = []
    /// Hashes of ids and, with their projects', of names, by position; 0 where there is none.
    private(set) var hashes: (ids: [Int], names: [Int]) = ([], [])
    /// Projects with a provider whose link is not known, because its file could not be read.
    private(set) var projectsWithUnknownLinks: Set<String>
    /// Projects with a provider whose link was refused, and reported.
    private(set) var projectsWithRefusedLinks: Set<String> = []

    private let listing: Listing

    init(of listing: Listing) {
        self.listing = listing
        projectsWithUnknownLinks = listing.projectsWithUnreadProviders
        all.reserveCapacity(listing.firstSecret)
        hashes.ids.reserveCapacity(listing.firstSecret)
        hashes.names.reserveCapacity(listing.firstSecret)
    }

    /// Takes in providers' files, the first of which stands at an index; files come in the listing's order.
    mutating func append(_ files: [ReadFile], from first: FileIndex) {
        // A span lends each file; the array would count all that it holds once more.
        let files = files.span
        for position in files.indices { append(files[position], at: first + position) }
    }

    /// Takes in a provider's file.
    mutating func append(_ file: borrowing ReadFile, at index: FileIndex) {
        var declaration: Shared<ProviderDeclaration>?
        switch file.declaration {
        case .provider(let kept): declaration = kept
        case .letGo: break
        case .broken, .roster, .secret:
            if file.isRead { projectsWithUnknownLinks.insert(listing.project(of: index)) }
            return
        }
        if file.isLinkRefused { projectsWithRefusedLinks.insert(listing.project(of: index)) }
        all.append(ReadProvider(file: index, link: file.link, declaration: declaration))
        let own = file.hashes
        hashes.ids.append(own.id)
        hashes.names.append(own.name == 0 ? 0 : own.name &+ Int(listing.folderOfFile[index]) &* Self.spread)
    }

    /// Notes files that were not looked into.
    mutating func skip(_ files: some Sequence<FileIndex>) {
        // Their folder is named once for all that follow one another.
        var folder: Int32 = -1
        for index in files where listing.folderOfFile[index] != folder {
            folder = listing.folderOfFile[index]
            projectsWithUnknownLinks.insert(listing.project(of: index))
        }
    }

    /// Takes in declarations that were let go before.
    mutating func restore(_ declarations: [FileIndex: Shared<ProviderDeclaration>]) {
        guard !declarations.isEmpty else { return }
        for position in all.indices {
            guard let declaration = declarations[all[position].file] else { continue }
            all[position].declaration = declaration
        }
    }

    /// A large odd number.
    private static let spread = 0x2545_F491_4F6C_DD1D
}

/// A provider's file that could be read.
struct ReadProvider: Sendable {
    let file: FileIndex
    let link: Link
    /// Nil when it was let go.
    fileprivate(set) var declaration: Shared<ProviderDeclaration>?
}
