/// A repository of git, opened for reading only.
package struct GitRepository: Sendable {
    /// Where its work tree lies, and where in it Roster's folder is.
    package let topLevel: GitTopLevel
    let git: GitProgram
    /// Processes that answer for objects until this value goes; nil where each reading starts its own.
    private var server: ObjectServer?
    /// Paths of files that need not exist.
    let stateFiles: GitStateFiles

    /// Opens the repository that a folder belongs to.
    ///
    /// `environment` gives the value of a variable, nil when it is not set.
    ///
    /// - Throws: ``GitError`` when git does not take it for a repository, or does not trust its owner.
    package init(topLevel: GitTopLevel, environment: (_ name: String) -> String?) async throws {
        self.topLevel = topLevel
        git = GitProgram(folder: topLevel.folder, isBare: topLevel.isBare, environment: environment)
        do {
            let answer = try await git.answer(["rev-parse"] + GitStateFiles.question).get()
            guard let files = GitStateFiles(answer.split(separator: "\n"), folder: git.folder) else {
                throw GitError.malformedAnswer(command: "rev-parse")
            }
            stateFiles = files
        } catch GitError.failed(_, let reason) {
            throw topLevel.refusal(reason: reason)
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

    /// Returns the commit that is checked out; nil before the first commit of its branch.
    ///
    /// - Throws: ``GitError/failed(command:reason:)`` when HEAD names a commit that is not there, or a ref that cannot be
    ///   read: a damaged repository is not one without commits.
    package func head() async throws -> String? {
        if let commit = try await resolve("HEAD") { return commit }
        if case .success = try await git.answer(["rev-parse", "--verify", "--quiet", "HEAD"]) {
            throw GitError.failed(command: "rev-parse", reason: "the commit that HEAD names is not in the repository")
        }
        guard case .success = try await git.answer(["symbolic-ref", "--quiet", "HEAD"]) else {
            throw GitError.failed(command: "symbolic-ref", reason: "the branch that HEAD names cannot be read")
        }
        return nil
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

    /// Returns the first merge base that git finds; nil when the histories do not meet in this clone.
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
