/// A repository of git, opened for reading only.
package struct GitRepository: Sendable {
    /// Where its work tree lies, and where in it Roster's folder is.
    package let topLevel: GitTopLevel
    let git: GitProgram
    /// The absolute path of the file of grafts, which need not exist.
    let graftsFile: String
    /// Processes that answer for objects until this value goes; nil where each reading starts its own.
    private var server: ObjectServer?

    /// Opens the repository that a folder belongs to.
    ///
    /// `environment` gives the value of a variable, nil when it is not set.
    ///
    /// - Throws: ``GitError`` when git does not take it for a repository, or does not trust its owner.
    package init(topLevel: GitTopLevel, environment: (_ name: String) -> String?) async throws {
        self.topLevel = topLevel
        git = GitProgram(folder: topLevel.folder, isBare: topLevel.isBare, environment: environment)
        switch try await git.answer(["rev-parse", "--git-path", "info/grafts"]) {
        case .success(let line):
            let path = line.hasSuffix("\n") ? String(line.dropLast()) : line
            graftsFile = path.hasPrefix("/") ? path : topLevel.folder + "/" + path
        case .failure(.failed(_, let reason)): throw topLevel.refusal(reason: reason)
        case .failure(let error): throw error
        }
    }

    var reader: ObjectReader { ObjectReader(git: git, server: server) }

    /// Has two processes of git answer for all objects that are asked for from now on.
    package mutating func keepProcesses() { server = ObjectServer(git: git) }

    /// The tree of a commit, by its id.
    package func treeID(of commit: String) async throws -> String { try await GitTree.rootTree(of: commit, reader) }

    /// The commit that a revision names: a branch, a tag, an id, or any other way that git knows.
    ///
    /// - Throws: ``GitError/unknownRevision(_:)``; ``GitError/ambiguousRevision(_:fullNames:)`` when a tag, a branch
    ///   and a remote's branch of this name stand at different commits, for then the reader meant one of them and git
    ///   would silently take another.
    package func commit(named revision: String) async throws -> String {
        guard let commit = try await resolve(revision) else { throw try await unknown(revision) }
        // A whole id is never taken for a name.
        guard Self.isPlainName(revision), revision != commit else { return commit }
        async let tag = resolve("refs/tags/\(revision)")
        async let branch = resolve("refs/heads/\(revision)")
        async let remote = resolve("refs/remotes/\(revision)")
        let found = [("tags", try await tag), ("heads", try await branch), ("remotes", try await remote)]
        let meanings = found.compactMap { kind, commit in
            commit.map { (name: "refs/\(kind)/\(revision)", commit: $0) }
        }
        guard meanings.allSatisfy({ $0.commit == commit }) else {
            throw GitError.ambiguousRevision(revision, fullNames: meanings.map(\.name))
        }
        return commit
    }

    /// Returns the error for a revision that names no commit.
    private func unknown(_ revision: String) async throws -> GitError {
        guard revision.contains(where: { $0 == "~" || $0 == "^" }), try await treeID(named: revision) == nil else {
            return .unknownRevision(revision)
        }
        if let file = usedGraftsFile() { return .hiddenAncestor(revision, graftsFile: file) }
        return try await isShallow() ? .hiddenAncestor(revision, graftsFile: nil) : .unknownRevision(revision)
    }

    /// The commit at a ref of exactly this full name; nil when there is no such ref.
    ///
    /// A tag that is called `refs/remotes/origin/main` lies at `refs/tags/refs/remotes/origin/main`, and is never taken
    /// for the branch.
    package func commit(ofRef name: String) async throws -> String? {
        guard case .success(let line) = try await git.answer(["show-ref", "--verify", "--hash", "--", name]) else {
            return nil
        }
        return try await resolve(String(line.prefix { $0 != "\n" }))
    }

    /// The commit that the work tree stands at; nil before the first commit.
    ///
    /// - Throws: ``GitError/failed(command:reason:)`` when HEAD names a commit that is not there: a damaged repository is
    ///   none without commits.
    package func head() async throws -> String? {
        if let commit = try await resolve("HEAD") { return commit }
        guard case .success = try await git.answer(["rev-parse", "--verify", "--quiet", "HEAD"]) else { return nil }
        throw GitError.failed(command: "rev-parse", reason: "the commit that HEAD names is not in the repository")
    }

    /// A commit's files, those below ``topLevel``'s prefix.
    package func tree(of commit: String) async throws -> GitTree {
        try await GitTree(commit: commit, prefix: topLevel.prefix, reader: reader)
    }

    /// A tree's files by the tree's id: those below ``topLevel``'s prefix, or all of them.
    package func tree(ofTree id: String, atTop: Bool = false) async throws -> GitTree {
        try await GitTree(tree: id, prefix: atTop ? "" : topLevel.prefix, reader: reader)
    }

    /// The tree that a revision names, of a commit or by itself; nil when there is none.
    package func treeID(named revision: String) async throws -> String? { try await resolve(revision, "tree") }

    /// The upstream of the branch that is checked out, by its full name; nil when it has none.
    package func upstream() async throws -> String? {
        guard case .success(let line) = try await git.answer(["rev-parse", "--symbolic-full-name", "@{upstream}"])
        else {
            return nil
        }
        let name = line.prefix { $0 != "\n" }
        return name.hasPrefix("refs/") ? String(name) : nil
    }

    /// The commit that two others grew from; nil when their histories do not meet here.
    package func mergeBase(_ one: String, _ other: String) async throws -> String? {
        guard case .success(let line) = try await git.answer(["merge-base", "--end-of-options", one, other]) else {
            return nil
        }
        let commit = line.prefix { $0 != "\n" }
        return commit.isEmpty ? nil : String(commit)
    }

    private func resolve(_ revision: String, _ kind: String = "commit") async throws -> String? {
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{\(kind)}"]
        guard case .success(let line) = try await git.answer(arguments) else { return nil }
        let commit = line.prefix { $0 != "\n" }
        guard commit.utf8.count == 40 || commit.utf8.count == 64 else {
            throw GitError.malformedAnswer(command: "rev-parse")
        }
        return String(commit)
    }

    /// Whether a revision can be the short name of a ref, and is neither a full name nor an expression.
    private static func isPlainName(_ revision: String) -> Bool {
        !revision.hasPrefix("refs/") && !revision.utf8.contains { "~^:@{?*[\\ ".utf8.contains($0) }
    }
}
