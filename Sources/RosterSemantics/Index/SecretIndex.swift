package import RosterFrontend
package import RosterSources

/// The secrets of a repository by project and handle: all that must be known before the first provider is linked.
package struct SecretIndex: Sendable {
    /// The projects.
    package let projects: ProjectTable
    /// The secrets by project handle, then handle.
    package let secrets: [Shared<SecretDeclaration>]

    /// The positions in ``secrets`` by project and handle; -1 for a file that could not be read.
    private let positions: [String: [String: Int]]

    /// Creates an index of the secrets' files, which are in the listing's order.
    package init(_ projects: ProjectTable, secrets files: some Sequence<CheckedFile>) {
        self.projects = projects
        let listing = projects.listing
        var secrets: [Shared<SecretDeclaration>] = []
        var positions: [String: [String: Int]] = [:]
        for (file, read) in zip(listing.firstSecret..., files) {
            var position = -1
            if case .secret(let declaration) = read.record {
                position = secrets.count
                secrets.append(declaration)
            }
            positions[listing.project(of: file), default: [:]][listing.handle(of: file)] = position
        }
        self.secrets = secrets
        self.positions = positions
    }

    /// The files of the repository.
    package var listing: Listing { projects.listing }

    /// Returns the positions in ``secrets`` of a project's secrets by handle; -1 for a file that could not be read.
    package func positions(in project: String) -> [String: Int] { positions[project] ?? [:] }

    /// Returns the secret at the target of a link.
    package func secret(at link: Link) -> Shared<SecretDeclaration>? {
        if case .secret(let position) = link { secrets[Int(position)] } else { nil }
    }
}
