package import RosterFrontend
package import RosterModel
package import RosterSources

/// The declaration of `roster.yaml`, with the project of each folder of the listing.
package struct ProjectTable: Sendable {
    /// The files of the repository.
    package let listing: Listing
    /// The declaration of `roster.yaml`; empty when it could not be read.
    package let roster: RosterDeclaration
    /// The positions in `roster.projects` by handle.
    package let positions: [String: Int]
    /// The projects' ids by the positions of the listing's folders.
    private let ids: [ProjectID?]

    /// Creates the table of a listing.
    package init(listing: Listing, roster file: CheckedFile) {
        self.listing = listing
        var roster = RosterDeclaration.unknown
        if case .roster(let declaration) = file.record { roster = declaration.value }
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

    /// Returns the id of the project of a provider or secret.
    package func id(ofProjectWith file: FileIndex) -> ProjectID? { ids[Int(listing.folderOfFile[file])] }
}
