package import RosterSources

/// Dates files by the commits that touched them.
package struct GitHistory: HistorySource {
    /// The commit that is compiled, or the head of the work tree; nil before the first commit.
    private let commit: String?
    private let repository: GitRepository
    /// Nil for a revision, in which everything is committed.
    private let uncommitted: UncommittedDates?
    /// The line endings that git would give the files; nil when they already have them.
    private let lineEndings: LineEndings?

    /// Creates the history of a revision.
    package init(ofRevision commit: String, in repository: GitRepository) {
        (self.commit, self.repository, uncommitted, lineEndings) = (commit, repository, nil, nil)
    }

    /// Creates the history of the working tree: files that are not committed have separate dates.
    ///
    /// `lineEndings` are those that git would give the files, nil when they already have them.
    package init(
        ofWorkTreeAt head: String?,
        in repository: GitRepository,
        uncommitted: UncommittedDates,
        normalizing lineEndings: LineEndings? = nil
    ) {
        (commit, self.repository, self.uncommitted) = (head, repository, uncommitted)
        self.lineEndings = lineEndings
    }

    /// See ``HistorySource/comparesContents``.
    package var comparesContents: Bool { uncommitted != nil }

    /// See ``HistorySource/history(of:)``.
    ///
    /// - Throws: ``GitError/shallowHistory(path:)`` when the clone's history ends before a file's first commit.
    package func history(of files: [DatedFile]) async throws -> TreeHistory {
        guard let commit else {
            return TreeHistory(
                commit: nil,
                committedAt: nil,
                isDirty: true,
                dates: try uncommitted?.dates(of: files) ?? [:]
            )
        }
        let differences = try await differences(of: files, from: commit)
        // A file that was never committed has no history to look for.
        let new = Set(differences.new)
        let committed = files.indices.filter { !new.contains($0) }
        var (dates, committedAt) = try await origins(of: committed.map { files[$0].path }, at: commit)
        if let uncommitted {
            for index in differences.new + differences.changed {
                let file = files[index]
                let date = try uncommitted.date(of: file)
                dates[file.path] = FileDates(created: dates[file.path]?.created ?? date, updated: date)
            }
        }
        return TreeHistory(commit: commit, committedAt: committedAt, isDirty: differences.exist, dates: dates)
    }

    func origins(of paths: [String], at commit: String) async throws -> ([String: FileDates], Int64?) {
        let prefix = repository.topLevel.prefix
        var origins = FileOrigins(paths: paths.map { prefix + $0 })
        var committedAt: Int64?
        var last: HistoryLog.Commit?
        try await HistoryLog(git: repository.git, grafts: repository.grafts).walk(from: commit) { commit in
            origins.begin(committedAt: commit.date)
            committedAt = committedAt ?? commit.date
            last = commit
            return !origins.isComplete
        } change: { path, change in
            origins.note(path, change)
        }
        // In a shallow clone the oldest commit appears to add every file that it has.
        if let last, last.isRoot, let first = origins.begun.min(),
            try await CommitObject.read(last.id, repository.reader)?.hasParents == true
        {
            throw GitError.shallowHistory(path: first)
        }
        guard origins.dates.count == paths.count else { throw GitError.malformedAnswer(command: "log") }
        let dates = origins.dates.map { (String($0.key.dropFirst(prefix.count)), $0.value) }
        return (Dictionary(uniqueKeysWithValues: dates), committedAt)
    }

    /// The differences between the work tree and a commit.
    private struct Differences {
        /// Indices of files that the commit does not have.
        var new: [Int] = []
        /// Indices of files whose bytes changed.
        var changed: [Int] = []
        /// A Boolean value that indicates whether the commit has a file that the work tree lacks.
        var hasDeleted = false

        var exist: Bool { !new.isEmpty || !changed.isEmpty || hasDeleted }
    }

    private func differences(of files: [DatedFile], from commit: String) async throws -> Differences {
        guard uncommitted != nil else { return Differences() }
        var differences = Differences()
        let committed = try await CommittedFiles(of: commit, in: repository)
        let indices = files.indices.filter { committed.contains(files[$0].path) }
        differences.new = files.indices.filter { !committed.contains(files[$0].path) }
        differences.hasDeleted = committed.count > indices.count
        try await committed.forEachDiffering(indices.map { files[$0] }, normalizing: lineEndings) {
            differences.changed.append(indices[$0])
        }
        return differences
    }
}
