import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterSources

/// A search for the secrets that broken links probably mean.
struct LinkSearch {
    /// The largest number of names that a text is compared with, ignoring case.
    private static let longestComparison = 100

    private let repository: LinkedRepository
    private var suggestions = NameSuggestions()
    /// The files of secrets by id, collected for the first link that has an id.
    private lazy var namesByID: [SecretID: FileIndex] = Dictionary(
        repository.secrets.compactMap { secret in secret.value.id.map { ($0.value, secret.value.file) } },
        uniquingKeysWith: { first, _ in first }
    )
    private let secrets: [String: ProjectSecrets]
    private let projectsBySecret: [String: [String]]

    /// The secrets of a project, prepared once for all links of its providers.
    private struct ProjectSecrets {
        /// In order.
        var names: [String] = []
        var byName: [String: FileIndex] = [:]
        /// The secrets that no provider links, except perhaps by a refused link; empty when that is unknown.
        var unlinked: [FileIndex] = []
    }

    init(_ repository: LinkedRepository) {
        self.repository = repository
        let listing = repository.listing
        let files = listing.firstSecret..<listing.files.count
        var secrets: [String: ProjectSecrets] = [:]
        for file in files {
            let (project, name) = (listing.project(of: file), listing.handle(of: file))
            secrets[project, default: ProjectSecrets()].names.append(name)
            secrets[project]?.byName[name] = file
            if !repository.linkedSecrets.contains(file), repository.areProvidersRead(in: project) {
                secrets[project]?.unlinked.append(file)
            }
        }
        self.secrets = secrets
        projectsBySecret = files.reduce(into: [:]) {
            $0[listing.handle(of: $1), default: []].append(listing.project(of: $1))
        }
    }

    /// Returns the explanation of a link.
    mutating func advice(for link: UnresolvedLink) -> LinkAdvice {
        switch SecretReference(link.text.value) {
        case .handle(let handle, let project, let isFile):
            guard !link.isHandle else { return missing(handle, link) }
            return named(handle, project: project, isFile: isFile, link)
        case .id(let id): return identified(id, link)
        case .variable(let name): return variable(name, link)
        case .unknown: return unknown(link)
        }
    }

    // MARK: - Forms

    /// Returns the advice for a handle that no secret of the project has.
    private mutating func missing(_ handle: String, _ link: UnresolvedLink) -> LinkAdvice {
        let (project, user) = (project(of: link), repository.listing.fullName(of: link.file))
        let message = "the project \(quoted(project)) has no secret \(quoted(handle))"
        let own = secrets[project] ?? ProjectSecrets()
        let seal = "seal it: roster secret set \(project)/\(handle) --for \(user)"
        let others = projectsBySecret[handle] ?? []
        let orphaned = others.prefix(Self.longestComparison).first { other in
            other != project && file(handle, in: other).map(isUnlinked) == true
        }
        // The provider was moved: its old project has a secret of exactly this name that is no longer linked.
        if let orphaned { return moved(from: [orphaned], handle, link, message, seal) }
        if let nearest = suggestions.nearest(to: handle, in: project, { own.names }) {
            let file = own.byName[nearest]
            let rename = file.flatMap { isUnlinked($0) ? renamed($0) : nil }
            return LinkAdvice(
                message: message,
                help: rename.map { "\($0); otherwise \(seal)" } ?? seal,
                replacement: .init(text: nearest, isSafe: false),
                meant: file
            )
        }
        let unlinked = own.unlinked
        if unlinked.count == 1, let file = unlinked.first {
            let name = repository.listing.handle(of: file)
            let help = "\(renamed(file)); otherwise \(seal)"
            return LinkAdvice(message: message, help: help, replacement: .init(text: name, isSafe: false), meant: file)
        }
        let elsewhere = others.filter { $0 != project }
        if !elsewhere.isEmpty { return moved(from: elsewhere, handle, link, message, seal) }
        guard !unlinked.isEmpty else { return LinkAdvice(message: message, help: seal) }
        let first = unlinked.prefix(4).map { repository.listing.handle(of: $0) }
        let candidates = list(unlinked.count > 4 ? first.dropLast() + ["\(unlinked.count - 3) more"] : first, "or")
        let help = "was a secret renamed? no provider links \(candidates); otherwise \(seal)"
        return LinkAdvice(message: message, help: help, meansAnyUnlinked: true)
    }

    /// Returns the advice for a handle that secrets of other projects have.
    private func moved(
        from projects: [String],
        _ handle: String,
        _ link: UnresolvedLink,
        _ message: String,
        _ seal: String
    ) -> LinkAdvice {
        let (other, file) = (projects[0], repository.listing.files[link.file])
        let back = UnexpectedFile.move(file.path, to: "\(FileRole.provider.folder)/\(other)/\(file.name)")
        let have = projects.count == 1 ? "has" : "have"
        let help =
            "\(shortList(projects)) \(have) a secret of that name, \(FileRole.secret.path(project: other, handle: handle)), "
            + "and a secret can be used in its own project only: move the provider back (\(back)), or \(seal)"
        return LinkAdvice(message: message, help: help, meant: self.file(handle, in: other))
    }

    /// Returns the advice for a secret that is written with its project, or as a file's name.
    private mutating func named(_ handle: String, project other: String?, isFile: Bool, _ link: UnresolvedLink)
        -> LinkAdvice
    {
        let project = project(of: link)
        let what = isFile ? "not as a file" : "without the project"
        let own = file(handle, in: project)
        if other == nil || other == project {
            let message = "\(quoted("secret")) names a secret by its name alone, \(what)"
            guard own == nil else {
                let help = "write \(quoted("secret: \(handle)"))"
                return LinkAdvice(
                    message: message,
                    help: help,
                    replacement: .init(text: handle, isSafe: true),
                    meant: own
                )
            }
            let inner = missing(handle, link)
            return LinkAdvice(
                message: "\(message), and \(inner.message)",
                help: inner.help,
                replacement: inner.replacement,
                meant: inner.meant,
                meansAnyUnlinked: inner.meansAnyUnlinked
            )
        }
        return ofAnotherProject(handle, link, own: own)
    }

    private func ofAnotherProject(_ handle: String, _ link: UnresolvedLink, own: FileIndex?) -> LinkAdvice {
        let (project, user) = (project(of: link), repository.listing.fullName(of: link.file))
        let message = "a provider uses only secrets of its project, which is \(quoted(project))"
        guard own == nil else {
            let help = "\(project) has a secret of that name as well: write \(quoted("secret: \(handle)"))"
            return LinkAdvice(message: message, help: help, replacement: .init(text: handle, isSafe: false), meant: own)
        }
        let help =
            "seal the key in this project, roster secret set \(project)/\(handle) --for \(user), and write "
            + quoted("secret: \(handle)")
        return LinkAdvice(message: message, help: help)
    }

    private mutating func identified(_ id: SecretID, _ link: UnresolvedLink) -> LinkAdvice {
        guard let file = namesByID[id] else {
            let own = secrets[project(of: link)]?.names ?? []
            let help = own.isEmpty ? "the project has no secret" : "the project has \(shortList(own))"
            return LinkAdvice(message: "\(quoted("secret")) is a secret's name, and no secret has this id", help: help)
        }
        let handle = repository.listing.handle(of: file)
        guard repository.listing.project(of: file) == project(of: link) else {
            return ofAnotherProject(handle, link, own: self.file(handle, in: project(of: link)))
        }
        return LinkAdvice(
            message: "\(quoted("secret")) is a secret's name, not its id",
            help: "write \(quoted("secret: \(handle)"))",
            replacement: .init(text: handle, isSafe: true),
            meant: file
        )
    }

    private func variable(_ name: String, _ link: UnresolvedLink) -> LinkAdvice {
        let full = repository.listing.fullName(of: link.file)
        let handle = repository.listing.handle(of: link.file)
        return LinkAdvice(
            message: "a key is sealed into the repository, and not read from a variable",
            help: "seal its value, printf %s \"$\(name)\" | roster secret set \(full) --for \(full), and write "
                + quoted("secret: \(handle)")
        )
    }

    /// Returns the advice for text that is not a name; it may be a misspelt name or the key itself.
    private mutating func unknown(_ link: UnresolvedLink) -> LinkAdvice {
        let project = project(of: link)
        let message = "\(quoted("secret")) must be the name of a secret of this project, and this is not one"
        let own = secrets[project] ?? ProjectSecrets()
        let name = LooseName(link.text.value)
        if let meant = own.names.prefix(Self.longestComparison).first(where: { name.isSimilar(to: $0) }) {
            let help = "names are in lower case: write \(quoted("secret: \(meant)"))"
            return LinkAdvice(
                message: message,
                help: help,
                replacement: .init(text: meant, isSafe: true),
                meant: file(meant, in: project)
            )
        }
        let full = repository.listing.fullName(of: link.file)
        let handle = repository.listing.handle(of: link.file)
        let known = own.names.prefix(5).map { quoted($0) }.joined(separator: ", ")
        let choice = known.isEmpty ? nil : "write one of the project's secrets (\(known)), or delete the line; "
        let rename = own.unlinked.count == 1 ? own.unlinked.first.map { renamed($0) + "; " } : nil
        let help =
            (rename ?? choice ?? "")
            + "if it is the key itself, seal it, roster secret set \(full) --for \(full), write "
            + "\(quoted("secret: \(handle)")), and replace the key at its provider if it was committed"
        return LinkAdvice(message: message, help: help, meansAnyUnlinked: true)
    }

    // MARK: - Names

    /// Returns whether no provider links a secret, except perhaps by a link that was refused.
    private func isUnlinked(_ file: FileIndex) -> Bool {
        !repository.linkedSecrets.contains(file)
            && repository.areProvidersRead(in: repository.listing.project(of: file))
    }

    /// Returns what to write when a secret that no provider links was renamed.
    private func renamed(_ file: FileIndex) -> String {
        let line = quoted("secret: \(repository.listing.handle(of: file))")
        return "no provider links \(repository.listing.files[file].path): was it renamed? write \(line)"
    }

    private func project(of link: UnresolvedLink) -> String { repository.listing.project(of: link.file) }

    private func file(_ handle: String, in project: String) -> FileIndex? { secrets[project]?.byName[handle] }
}
