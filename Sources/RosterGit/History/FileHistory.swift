/// The commits of a first-parent history that touched one file, newest first, through the renames that git sees.
package struct FileHistory: Sendable {
    /// A commit, and the one before it.
    package struct Step: Sendable, Hashable {
        package var commit: String
        /// Nil for the first commit.
        package var parent: String?
        /// The file at the commit, or before it when the commit deleted it.
        package var path: String
    }

    package private(set) var steps: [Step] = []
    /// The commit at which the file began, as far as git sees; nil when it never did.
    package private(set) var beginning: Step?

    /// Walks the history of a file; commits that touched anything below `folder`, whose contents it depends on, count too.
    init(of path: String, besides folder: (_ path: String) -> String, in repository: GitRepository, from commit: String)
        async throws
    {
        var path = path
        var earlier: String?
        var touched = false
        var current: String?
        var hasBegun = false
        var isDone = false
        func end(before parent: String?) {
            if touched, let current {
                let step = Step(commit: current, parent: parent, path: path)
                steps.append(step)
                if hasBegun { beginning = step }
            }
            // A file that begins here may have stood here before, and been deleted in between.
            isDone = isDone || hasBegun
            path = earlier ?? path
            (earlier, touched, hasBegun) = (nil, false, false)
        }
        try await HistoryLog(git: repository.git, grafts: repository.grafts).walk(from: commit) { commit in
            if current != nil { end(before: commit.id) }
            current = commit.id
            return !isDone
        } change: { changed, change in
            guard changed == path else {
                // To the file's own history it is gone from here.
                if case .renamed(let other) = change, other == path { touched = true }
                if changed.hasPrefix(folder(path)) { touched = true }
                return
            }
            touched = true
            switch change {
            case .added: hasBegun = true
            case .renamed(let other): earlier = other
            case .changed, .deleted: break
            }
        }
        if !isDone { end(before: nil) }
    }
}

extension GitRepository {
    /// The commits that touched a file, given relative to ``topLevel``, or the folder that `folder` gives for a path of it.
    package func fileHistory(
        of path: String,
        besides folder: (_ path: String) -> String,
        from commit: String
    ) async throws -> FileHistory {
        try await FileHistory(of: path, besides: folder, in: self, from: commit)
    }

    /// What commits say of themselves, in their order; nil for one that is not here.
    package func commits(_ ids: [String]) async throws -> [CommitObject?] { try await CommitObject.read(ids, reader) }

    /// Whether a commit has one before it, be it here or not.
    package func hasParents(_ commit: String) async throws -> Bool {
        try await CommitObject.read(commit, reader)?.hasParents ?? false
    }
}
