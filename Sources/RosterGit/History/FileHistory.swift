/// The commits of a first-parent history that touched one file, newest first, across the renames that git detects.
package struct FileHistory: Sendable {
    /// A commit and its parent.
    package struct Step: Sendable, Hashable {
        package var commit: String
        /// Nil for the first commit.
        package var parent: String?
        /// The path of the file at the commit, or at its parent when the commit deleted it.
        package var path: String
        /// A Boolean value that indicates whether the commit touched the file itself.
        package var touchesFile: Bool
        /// The touched paths of the folder that the file depends on.
        package var others: Set<String>
    }

    package private(set) var steps: [Step] = []
    /// The commit that added the file, as far as git detects; nil when there is none.
    package private(set) var beginning: Step?

    /// Walks the history of a file; commits that touched anything below `folder`, whose contents it depends on, count
    /// too.
    init(of path: String, besides folder: (_ path: String) -> String, in repository: GitRepository, from commit: String)
        async throws
    {
        var path = path
        var earlier: String?
        var touchesFile = false
        var others: Set<String> = []
        var current: String?
        var hasBegun = false
        var isDone = false
        func end(before parent: String?) {
            if touchesFile || !others.isEmpty, let current {
                let step = Step(commit: current, parent: parent, path: path, touchesFile: touchesFile, others: others)
                steps.append(step)
                if hasBegun { beginning = step }
            }
            // A file that begins here may have existed earlier, and been deleted in between.
            isDone = isDone || hasBegun
            path = earlier ?? path
            (earlier, touchesFile, hasBegun, others) = (nil, false, false, [])
        }
        try await HistoryLog(git: repository.git, grafts: repository.grafts).walk(from: commit) { commit in
            if current != nil { end(before: commit.id) }
            current = commit.id
            return !isDone
        } change: { changed, change in
            guard changed == path else {
                // The file's own history ends here.
                if case .renamed(let other) = change {
                    if other == path { touchesFile = true }
                    if other.hasPrefix(folder(path)) { others.insert(other) }
                }
                if changed.hasPrefix(folder(path)) { others.insert(changed) }
                return
            }
            touchesFile = true
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
    /// The commits that touched a file, given relative to ``topLevel``, or the folder that `folder` gives for a path of
    /// it.
    package func fileHistory(
        of path: String,
        besides folder: (_ path: String) -> String,
        from commit: String
    ) async throws -> FileHistory {
        try await FileHistory(of: path, besides: folder, in: self, from: commit)
    }

    /// Returns the headers of commits, in their order; nil for a commit that this clone lacks.
    package func commits(_ ids: [String]) async throws -> [CommitObject?] { try await CommitObject.read(ids, reader) }

    /// Returns true when a commit has a parent, also when this clone lacks the parent.
    package func hasParents(_ commit: String) async throws -> Bool {
        try await CommitObject.read(commit, reader)?.hasParents ?? false
    }
}
