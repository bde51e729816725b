import RosterCompiler
import RosterSemantics
import RosterSources

/// The unchanged files that the comparison depends on.
struct Dependencies {
    /// The secrets that the providers that were read link.
    private var paths: Set<String> = []
    /// The projects whose providers are all relevant.
    private var projects: Set<String>

    init(base: ReviewedTree, head: ReviewedTree, changedSecrets: Set<String>, wantsLinks: Bool) {
        projects = Self.projectsWithOtherLinks(base, head)
        for side in [base, head] {
            for provider in side.records.providers {
                guard let secret = provider.secret else { continue }
                paths.insert(FileRole.secret.path(project: side.file(of: provider).project, handle: secret))
            }
        }
        let secretIDs = [base, head].map { side in
            Dictionary(side.records.secrets.map { ($0.file, $0.id) }) { first, _ in first }
        }
        for path in changedSecrets {
            // The same secret at the same path does not affect the providers that link it.
            let ids = zip([base, head], secretIDs).map { side, ids in side.filesByPath[path].flatMap { ids[$0] } }
            if !wantsLinks, let id = ids[0], id == ids[1] { continue }
            projects.insert(String(path.split(separator: "/")[1]))
        }
    }

    /// Returns the positions of these files in a tree.
    func positions(in listed: ListedTree?) -> Set<Int> {
        listed?.positions(of: paths, providersOf: projects) ?? []
    }

    /// Adds the projects in which a provider links a different secret: the other providers show that secret's
    /// destinations.
    private static func projectsWithOtherLinks(_ base: ReviewedTree, _ head: ReviewedTree) -> Set<String> {
        var result: Set<String> = []
        for provider in head.records.providers {
            guard let secret = provider.secret,
                let earlier = base.providersByID[provider.id]?.first.map({ base.records.providers[$0] }),
                earlier.secret != secret || base.file(of: earlier).project != head.file(of: provider).project
            else { continue }
            result.insert(head.file(of: provider).project)
        }
        return result
    }
}
