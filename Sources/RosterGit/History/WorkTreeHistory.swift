package import RosterCompiler

/// The history of a work tree that is asked again and again: as long as its commit stays, only changed files are compared.
package struct WorkTreeHistory: Sendable {
    private let repository: GitRepository
    private let uncommitted: UncommittedDates
    private var known: Known?

    /// What the last answer found out.
    private struct Known {
        var commit: String
        var committedAt: Int64?
        var committed: CommittedFiles
        /// Of the committed files that were there.
        var dates: [String: FileDates]
        /// Paths of committed files whose bytes are others.
        var changed: Set<String>
    }

    /// Makes a history that knows nothing yet.
    package init(of repository: GitRepository, uncommitted: UncommittedDates) {
        self.repository = repository
        self.uncommitted = uncommitted
    }

    /// Dates the files of the work tree; `touched` are those that may be other than at the last call, nil when any may.
    ///
    /// - Throws: ``GitError/shallowHistory(path:)`` when the clone's history ends before a file's first commit.
    package mutating func history(of files: [DatedFile], touched: Set<String>?) async throws -> TreeHistory {
        guard let commit = try await repository.head() else {
            known = nil
            return try await GitHistory(ofWorkTreeAt: nil, in: repository, uncommitted: uncommitted).history(of: files)
        }
        var known: Known
        if let touched, let before = self.known, before.commit == commit,
            files.allSatisfy({ !before.committed.contains($0.path) || before.dates[$0.path] != nil })
        {
            known = before
            known.changed.subtract(touched)
            let candidates = files.filter { touched.contains($0.path) && known.committed.contains($0.path) }
            try await note(candidates, &known)
        } else {
            known = try await look(at: files, commit)
        }
        self.known = known
        return answer(files, known)
    }

    private func look(at files: [DatedFile], _ commit: String) async throws -> Known {
        let committed = try await CommittedFiles(try await repository.tree(of: commit))
        let present = files.filter { committed.contains($0.path) }
        let (dates, committedAt) = try await GitHistory(ofRevision: commit, in: repository)
            .origins(of: present.map(\.path), at: commit)
        var known = Known(commit: commit, committedAt: committedAt, committed: committed, dates: dates, changed: [])
        try await note(present, &known)
        return known
    }

    private func note(_ files: [DatedFile], _ known: inout Known) async throws {
        guard !files.isEmpty else { return }
        var changed: [String] = []
        try await known.committed.forEachDiffering(files) { changed.append(files[$0].path) }
        known.changed.formUnion(changed)
    }

    private func answer(_ files: [DatedFile], _ known: Known) -> TreeHistory {
        var dates = known.dates
        var present = 0
        var isDirty = false
        for file in files {
            let isCommitted = known.committed.contains(file.path)
            if isCommitted { present += 1 }
            guard !isCommitted || known.changed.contains(file.path) else { continue }
            isDirty = true
            let date = uncommitted.date(of: file)
            dates[file.path] = FileDates(created: isCommitted ? dates[file.path]?.created ?? date : date, updated: date)
        }
        return TreeHistory(
            commit: known.commit,
            committedAt: known.committedAt,
            isDirty: isDirty || present < known.committed.count,
            dates: dates
        )
    }
}
