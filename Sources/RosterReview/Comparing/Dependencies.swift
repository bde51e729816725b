import RosterCompiler

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
                paths.insert("\(FileRole.secret.folder)/\(side.file(of: provider).project)/\(secret).yaml")
            }
        }
        for path in changedSecrets {
            // The same secret at the same place: whoever links it links it still.
            let ids = [base, head].map { side in side.filesByPath[path].flatMap { side.idOfSecret(inFile: $0) } }
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
                earlier.secret != secret
            else { continue }
            result.insert(head.file(of: provider).project)
        }
        return result
    }
}

extension ReviewedTree {
    /// The id of the secret that a file holds; nil when it could not be read.
    fileprivate func idOfSecret(inFile file: Int) -> String? { records.secrets.first { $0.file == file }?.id }
}
