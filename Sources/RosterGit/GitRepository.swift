/// A repository of git, opened for reading only.
package struct GitRepository: Sendable {
    /// Where its work tree lies, and where in it Roster's folder is.
    package let topLevel: GitTopLevel
    let git: GitProgram

    /// Opens the repository that a folder belongs to.
    ///
    /// `environment` gives the value of a variable, nil when it is not set.
    ///
    /// - Throws: ``GitError`` when git does not take it for a repository, or does not trust its owner.
    package init(topLevel: GitTopLevel, environment: (_ name: String) -> String?) async throws {
        self.topLevel = topLevel
        git = GitProgram(folder: topLevel.folder, isBare: topLevel.isBare, environment: environment)
        guard case .failure(.failed(_, let reason)) = try await git.answer(["rev-parse", "--git-dir"]) else { return }
        // Git gives both the same exit code; the folder's owner tells them apart.
        if topLevel.isOwnedByAnother { throw GitError.untrustedOwner(reason: reason) }
        throw GitError.notARepository(reason: reason)
    }

    /// The commit that a revision names: a branch, a tag, an id, or any other way that git knows.
    ///
    /// - Throws: ``GitError/unknownRevision(_:)``; ``GitError/ambiguousRevision(_:fullNames:)`` when a tag, a branch
    ///   and a remote's branch of this name stand at different commits, for then the reader meant one of them and git
    ///   would silently take another.
    package func commit(named revision: String) async throws -> String {
        guard let commit = try await resolve(revision) else { throw GitError.unknownRevision(revision) }
        guard Self.isPlainName(revision) else { return commit }
        var meanings: [(name: String, commit: String)] = []
        for kind in ["tags", "heads", "remotes"] {
            let name = "refs/\(kind)/\(revision)"
            if let commit = try await resolve(name) { meanings.append((name, commit)) }
        }
        guard meanings.allSatisfy({ $0.commit == commit }) else {
            throw GitError.ambiguousRevision(revision, fullNames: meanings.map(\.name))
        }
        return commit
    }

    /// The commit that a ref stands at, by its full name; nil when there is no such ref.
    package func commit(ofRef name: String) async throws -> String? { try await resolve(name) }

    /// The commit that the work tree stands at; nil before the first commit.
    package func head() async throws -> String? { try await resolve("HEAD") }

    /// A commit's files, those below ``topLevel``'s prefix.
    package func tree(of commit: String) async throws -> GitTree {
        try await GitTree(commit: commit, prefix: topLevel.prefix, git: git)
    }

    private func resolve(_ revision: String) async throws -> String? {
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"]
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
