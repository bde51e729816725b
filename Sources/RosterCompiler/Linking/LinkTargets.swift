import RosterSources

/// What providers are linked with: all that must be known before the first of them is read.
struct LinkTargets: Sendable {
    let projects: ProjectTable
    /// By project handle, then handle.
    let secrets: [Shared<SecretDeclaration>]

    /// Positions in ``secrets`` by project and handle; -1 for a file that could not be read.
    private let positions: [String: [String: Int]]

    /// Takes in the secrets as they were read, in the listing's order.
    init(_ projects: ProjectTable, secrets files: [ReadFile]) {
        self.projects = projects
        let listing = projects.listing
        var secrets: [Shared<SecretDeclaration>] = []
        var positions: [String: [String: Int]] = [:]
        for (file, read) in zip(listing.firstSecret..., files) {
            var position = -1
            if case .secret(let declaration) = read.declaration {
                position = secrets.count
                secrets.append(declaration)
            }
            positions[listing.project(of: file), default: [:]][listing.handle(of: file)] = position
        }
        self.secrets = secrets
        self.positions = positions
    }

    var listing: Listing { projects.listing }

    /// Positions in ``secrets`` of a project's, by handle; -1 for a file that could not be read.
    func positions(in project: String) -> [String: Int] { positions[project] ?? [:] }

    /// The secret that a link leads to, when that is one.
    func secret(at link: Link) -> Shared<SecretDeclaration>? {
        if case .secret(let position) = link { secrets[Int(position)] } else { nil }
    }
}

/// Where a provider's `secret` leads.
enum Link: Sendable {
    /// There is none, or no such file.
    case nowhere
    /// There is such a file, and it could not be read.
    case broken
    /// To a position in ``LinkTargets/secrets``.
    case secret(Int32)
}
