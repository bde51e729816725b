import RosterCompiler
package import RosterGit
package import RosterSources

extension Repository {
    /// The paths of the registry's files and folders, relative to git's top level.
    package var registryPaths: [String] {
        [
            RepositoryLayout.rosterFile, RepositoryLayout.modelsFile, FileRole.provider.folder, FileRole.secret.folder,
        ].map { pathPrefix + $0 }
    }

    /// Checks that a sparse checkout leaves no file of the registry out of the working tree.
    ///
    /// `alternative` is what the command could read instead.
    ///
    /// - Throws: ``WorkspaceFailure`` with ``WorkspaceFailure/Code/incomplete``.
    package func refuseSparseCheckout(alternative: String? = nil) async throws {
        guard let topLevel else { return }
        do {
            let checkout = SparseCheckout(of: topLevel, environment: environment)
            guard let entry = try await checkout.firstEntry(below: registryPaths) else { return }
            throw WorkspaceFailure.sparseCheckout(without: entry.path, alternative: alternative)
        } catch let error as GitError {
            throw WorkspaceFailure(error, in: self)
        }
    }

    /// The line endings that git would give the files of the working tree; nil outside git.
    package var lineEndings: LineEndings? {
        topLevel.map { LineEndings(of: $0, registry: registryPaths, environment: environment) }
    }

    /// The registry's files in the working tree, with the line endings that git would give them.
    package func normalizedTree(asksForTimes: Bool = true) -> any SourceTree {
        let tree = WorkingTree(root: root, asksForTimes: asksForTimes)
        return lineEndings.map { NormalizedTree(tree, prefix: pathPrefix, $0) } ?? tree
    }

    /// The working tree as a side of a review: the registry, and everything below git's top level.
    ///
    /// - Throws: ``WorkspaceFailure`` when a sparse checkout leaves out files of the registry.
    package func reviewedTrees(_ git: GitRepository) async throws -> (registry: any SourceTree, top: any SourceTree) {
        let skipped = try await SparseCheckout(of: git.topLevel, environment: environment).entries()
        let registry = registryPaths
        let missing = skipped.first { entry in
            registry.contains { entry.path == $0 || entry.path.hasPrefix($0 + "/") }
        }
        if let missing {
            throw WorkspaceFailure.sparseCheckout(
                without: missing.path,
                alternative: "compare two revisions: roster diff BASE HEAD"
            )
        }
        let endings = LineEndings(of: git.topLevel, registry: registry, environment: environment)
        let top = NormalizedTree(WorkingTree(root: git.topLevel.folder), prefix: "", endings)
        return (
            NormalizedTree(WorkingTree(root: root), prefix: pathPrefix, endings),
            skipped.isEmpty ? top : SparseTree(top, adding: skipped, from: git)
        )
    }
}
