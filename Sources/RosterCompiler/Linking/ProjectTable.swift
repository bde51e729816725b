import RosterModel
import RosterSources

/// `roster.yaml` as it was read, and the projects of the listing's folders.
struct ProjectTable: Sendable {
    let listing: Listing
    let roster: RosterDeclaration
    /// Positions in `roster.projects` by handle.
    let positions: [String: Int]
    /// By the positions of the listing's folders.
    private let ids: [ProjectID?]

    init(listing: Listing, roster file: ReadFile) {
        self.listing = listing
        var roster = RosterDeclaration.unknown
        if case .roster(let declaration) = file.declaration { roster = declaration.value }
        self.roster = roster
        let positions = Dictionary(
            roster.projects.enumerated().map { ($1.handle.value, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        self.positions = positions
        ids = listing.folders.map { folder in
            positions[folder.project].flatMap { [roster] in roster.projects[$0].id?.value }
        }
    }

    /// The id of the project that a provider or secret lies in.
    func id(ofProjectWith file: FileIndex) -> ProjectID? { ids[Int(listing.folderOfFile[file])] }
}
