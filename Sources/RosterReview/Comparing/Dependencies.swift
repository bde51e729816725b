import RosterCompiler
import RosterSources

/// What must be read besides the files that changed.
struct Dependencies {
    /// Secrets that a provider links which was read.
    private var paths: Set<String> = []
    /// Projects of which every provider matters.
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
            // The same secret at the same place: providers that link it still do.
            let ids = zip([base, head], secretIDs).map { side, ids in side.filesByPath[path].flatMap { ids[$0] } }
            if !wantsLinks, let id = ids[0], id == ids[1] { continue }
            projects.insert(String(path.split(separator: "/")[1]))
        }
    }

    /// Where these files stand in a tree.
    func positions(in listed: ListedTree?) -> Set<Int> {
        listed?.positions(of: paths, providersOf: projects) ?? []
    }

    /// Projects in which a provider came to link another secret: where else that one went is told by the others.
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
