package import RosterCatalogue
package import RosterFrontend
import RosterModel
package import RosterSources

/// The providers whose files could be read, with their links and the hashes of what must be unique.
package struct ProviderTable: Sendable {
    /// The providers by project handle, then handle.
    package private(set) var all: [LinkedProvider] = []
    /// The hashes of ids, and of names with their projects, by position; 0 for an absent one.
    package private(set) var hashes: (ids: [Int], names: [Int]) = ([], [])
    /// The projects with a provider whose link is unknown, because its file could not be read.
    package private(set) var projectsWithUnknownLinks: Set<String> = []
    /// The projects with a provider whose link was refused, which was reported.
    package private(set) var projectsWithRefusedLinks: Set<String> = []

    /// The providers whose models the rules about models check.
    package private(set) var modelUses: [ModelUse] = []

    private let listing: Listing
    private let catalogue: ModelCatalogue?

    /// Creates an empty table with space for a number of providers, whose models are looked up in a catalogue.
    package init(of listing: Listing, models catalogue: ModelCatalogue?, capacity: Int) {
        self.listing = listing
        self.catalogue = catalogue
        all.reserveCapacity(capacity)
        hashes.ids.reserveCapacity(capacity)
        hashes.names.reserveCapacity(capacity)
    }

    /// Adds a provider; without `keepsDeclaration`, its declaration is released.
    ///
    /// Providers are added in the listing's order.
    package mutating func append(_ provider: Shared<ProviderDeclaration>, _ link: Link, keepsDeclaration: Bool) {
        let file = provider.value.file
        if case .invalid = provider.value.secret { projectsWithRefusedLinks.insert(listing.project(of: file)) }
        all.append(LinkedProvider(file: file, link: link, declaration: keepsDeclaration ? provider : nil))
        let own = hashes(of: provider)
        hashes.ids.append(own.id)
        hashes.names.append(own.name)
        if let use = catalogue.flatMap({ ModelUse(provider.value, in: $0) }) { modelUses.append(use) }
    }

    /// Replaces the provider of a file; all providers of the listing must be present, with known links.
    package mutating func replace(_ provider: Shared<ProviderDeclaration>, _ link: Link) {
        let file = provider.value.file
        // The first file is `roster.yaml`.
        let position = file - 1
        if case .invalid = provider.value.secret { projectsWithRefusedLinks.insert(listing.project(of: file)) }
        all[position] = LinkedProvider(file: file, link: link, declaration: provider)
        (hashes.ids[position], hashes.names[position]) = hashes(of: provider)
        modelUses.removeAll { $0.file == file }
        if let use = catalogue.flatMap({ ModelUse(provider.value, in: $0) }) { modelUses.append(use) }
    }

    /// The positions of the secrets that providers link.
    package var linkedSecrets: Set<Int> {
        var linked: Set<Int> = []
        // A span borrows each provider; an array would retain its declaration.
        let providers = all.span
        for position in providers.indices {
            if case .secret(let secret) = providers[position].link { linked.insert(Int(secret)) }
        }
        return linked
    }

    private func hashes(of provider: Shared<ProviderDeclaration>) -> (id: Int, name: Int) {
        let name = provider.value.name?.value.hashValue ?? 0
        let folder = Int(listing.folderOfFile[provider.value.file])
        return (provider.value.id?.value.hashValue ?? 0, name == 0 ? 0 : name &+ folder &* Self.spread)
    }

    /// Records a provider's file that could not be read.
    package mutating func appendBroken(_ file: FileIndex) {
        projectsWithUnknownLinks.insert(listing.project(of: file))
    }

    /// Adds the providers of another table, which follow in the listing's order.
    package mutating func append(contentsOf other: ProviderTable) {
        all += other.all
        hashes.ids += other.hashes.ids
        hashes.names += other.hashes.names
        modelUses += other.modelUses
        projectsWithUnknownLinks.formUnion(other.projectsWithUnknownLinks)
        projectsWithRefusedLinks.formUnion(other.projectsWithRefusedLinks)
    }

    /// Records the projects of files that were not read.
    package mutating func skip(_ files: some Sequence<FileIndex>) {
        // Consecutive files mostly share their folder, which is looked up once.
        var folder: Int32 = -1
        for index in files where listing.folderOfFile[index] != folder {
            folder = listing.folderOfFile[index]
            projectsWithUnknownLinks.insert(listing.project(of: index))
        }
    }

    /// Records the projects with providers that the listing does not have.
    package mutating func skip(projects: Set<String>) { projectsWithUnknownLinks.formUnion(projects) }

    /// Adds declarations that were released before.
    package mutating func restore(_ declarations: [FileIndex: Shared<ProviderDeclaration>]) {
        guard !declarations.isEmpty else { return }
        for position in all.indices {
            guard let declaration = declarations[all[position].file] else { continue }
            all[position].declaration = declaration
        }
    }

    /// A large odd number.
    private static let spread = 0x2545_F491_4F6C_DD1D
}

/// A provider with its link.
package struct LinkedProvider: Sendable {
    /// The file.
    package let file: FileIndex
    /// The target of the link.
    package let link: Link
    /// The declaration; nil when it was released.
    package fileprivate(set) var declaration: Shared<ProviderDeclaration>?
}
