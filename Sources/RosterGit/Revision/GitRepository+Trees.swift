extension GitRepository {
    /// Returns the id of the tree of a commit.
    package func treeID(of commit: String) async throws -> String { try await GitTree.rootTree(of: commit, reader) }

    /// Returns the files of a commit below the prefix of ``topLevel``.
    package func tree(of commit: String) async throws -> GitTree {
        try await GitTree(commit: commit, prefix: topLevel.prefix, reader: reader)
    }

    /// Returns the files of a tree: those below the prefix of ``topLevel``, or all of them.
    package func tree(ofTree id: String, atTop: Bool = false) async throws -> GitTree {
        try await GitTree(tree: id, prefix: atTop ? "" : topLevel.prefix, reader: reader)
    }
}
