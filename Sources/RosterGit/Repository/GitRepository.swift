/// A repository of git, opened for reading only.
package struct GitRepository: Sendable {
    /// The location of the work tree, and of Roster's folder in it.
    package let topLevel: GitTopLevel
    let git: GitProgram
    /// Processes that read objects until this value is released; nil when each call starts new ones.
    private var server: ObjectServer?
    /// Paths of files that need not exist.
    let stateFiles: GitStateFiles

    /// Opens the repository that a folder belongs to.
    ///
    /// `environment` returns the value of a variable, nil when it is not set.
    ///
    /// - Throws: ``GitError`` when git does not accept it as a repository, or does not trust its owner.
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

    /// Starts two processes of git that read all objects that are requested afterwards.
    package mutating func keepProcesses() { server = ObjectServer(git: git) }

    /// Returns the commit at a ref of exactly this full name; nil when there is no such ref.
    ///
    /// A tag that is called `refs/remotes/origin/main` has the full name `refs/tags/refs/remotes/origin/main`, and is
    /// never mistaken for the branch.
    package func commit(ofRef name: String) async throws -> String? {
        guard case .success(let line) = try await git.answer(["show-ref", "--verify", "--hash", "--", name]) else {
            return nil
        }
        return try await resolve(String(line.prefix { $0 != "\n" }))
    }

    /// Returns the commit that is checked out; nil before the first commit of its branch.
    ///
    /// - Throws: ``GitError/failed(command:reason:)`` when HEAD names a commit that is missing, or a ref that cannot be
    ///   read: a damaged repository differs from one without commits.
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

    /// Returns the first merge base that git finds; nil when the histories do not meet in this clone.
    package func mergeBase(_ one: String, _ other: String) async throws -> String? {
        guard case .success(let line) = try await git.answer(["merge-base", "--end-of-options", one, other]) else {
            return nil
        }
        let commit = line.prefix { $0 != "\n" }
        return commit.isEmpty ? nil : String(commit)
    }

    /// Returns the id of the object that a revision names, peeled to a kind: a commit, a tree, or with an empty kind
    /// any object that tags lead to; nil when there is none.
    func resolve(_ revision: String, _ kind: String = "commit") async throws -> String? {
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{\(kind)}"]
        guard case .success(let line) = try await git.answer(arguments) else { return nil }
        let id = line.prefix { $0 != "\n" }
        // An exclusion from a range (`^main`) is not a revision.
        guard id.first != "^" else { return nil }
        guard id.utf8.count == 40 || id.utf8.count == 64 else {
            throw GitError.malformedAnswer(command: "rev-parse")
        }
        return String(id)
    }
}
