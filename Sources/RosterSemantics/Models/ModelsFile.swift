package import RosterCatalogue
package import RosterSources

/// The catalogue that a repository's models are compared with: its own `models.json`, or the one inside the program.
package struct ModelsFile: Sendable {
    /// The catalogue; nil when the repository's own cannot be read, which was reported.
    package let catalogue: ModelCatalogue?
    /// The bytes of the repository's own; empty when it has none, or it cannot be read.
    package let bytes: [UInt8]
    /// A Boolean value that indicates whether the repository has its own, readable or not.
    package let isOwn: Bool
    /// The problem with the repository's own.
    package let problem: CatalogueProblem?
    /// The place of the value of `built` in the repository's own.
    package let builtPlace: Range<Int>

    /// The catalogue inside the program.
    package static let builtIn = ModelsFile(catalogue: .builtIn, isOwn: false)

    private init(
        catalogue: ModelCatalogue?,
        bytes: [UInt8] = [],
        isOwn: Bool = true,
        problem: CatalogueProblem? = nil,
        builtPlace: Range<Int> = 0..<0
    ) {
        (self.catalogue, self.bytes, self.isOwn) = (catalogue, bytes, isOwn)
        (self.problem, self.builtPlace) = (problem, builtPlace)
    }

    /// Parses the repository's own catalogue.
    package init(_ reading: consuming FileReading) {
        switch consume reading {
        case .contents(let bytes, _):
            do {
                let file = try CatalogueReader.read(bytes)
                let catalogue = ModelCatalogue(file.draft, origin: .repository)
                self.init(catalogue: catalogue, bytes: bytes, builtPlace: file.builtPlace)
            } catch {
                self.init(catalogue: nil, bytes: bytes, problem: error)
            }
        case .tooLarge: self.init("it has more than \(RepositoryLayout.modelsSizeLimit >> 20) MiB")
        case .notRegular: self.init("it is not a regular file")
        case .unreadable(let failure): self.init("it cannot be read: \(failure.reason)")
        }
    }

    private init(_ problem: String) { self.init(catalogue: nil, problem: CatalogueProblem(ofWholeFile: problem)) }

    /// Reads the catalogue of a listed tree.
    ///
    /// - Throws: An error of the tree.
    package init(of listed: ListedTree) async throws {
        guard let file = listed.listing.models else {
            self = .builtIn
            return
        }
        guard listed.listing.areModelsReadable else {
            self.init(.notRegular)
            return
        }
        var found = FileReading.notRegular
        try await listed.tree.read([file]) { _, reading in found = reading }
        self.init(found)
    }
}
