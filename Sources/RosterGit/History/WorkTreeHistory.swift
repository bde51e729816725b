package import RosterSources

/// The history of a work tree for repeated calls: while its commit stays the same, only changed files are compared.
package struct WorkTreeHistory: Sendable {
    private let repository: GitRepository
    private let uncommitted: UncommittedDates
    private var known: Known?

    /// The results of the last call.
    private struct Known {
        var commit: String
        var committedAt: Int64?
        var committed: CommittedFiles
        /// The dates of the committed files that existed.
        var dates: [String: FileDates]
        /// The modification times of committed files whose bytes changed, by path.
        var changed: [String: Int64]
        /// The last result.
        var answer: Answer?
    }

    /// A result, and the part of it that does not depend on the contents of single files.
    private struct Answer {
        var history: TreeHistory
        /// A Boolean value that indicates whether a file is not committed, or a committed one is missing.
        var hasOtherFiles: Bool
    }

    /// Creates a history without results.
    package init(of repository: GitRepository, uncommitted: UncommittedDates) {
        self.repository = repository
        self.uncommitted = uncommitted
    }

    /// Dates the files of the work tree at a commit, nil before the first; `touched` are the files that may have
    /// changed since the last call, nil when any may.
    ///
    /// `lineEndings` are those that git would give the files, nil when they already have them.
    ///
    /// - Throws: ``GitError/shallowHistory(path:)`` when the clone's history ends before a file's first commit.
    package mutating func history(
        of files: [DatedFile],
        at commit: String?,
        touched: Set<String>?,
        normalizing lineEndings: LineEndings? = nil
    ) async throws -> TreeHistory {
        guard let commit else {
            known = nil
            return try await GitHistory(ofWorkTreeAt: nil, in: repository, uncommitted: uncommitted).history(of: files)
        }
        if let touched, var known, known.commit == commit {
            for path in touched { known.changed[path] = nil }
            let candidates = files.filter { touched.contains($0.path) && known.committed.contains($0.path) }
            try await note(candidates, lineEndings, &known)
            if let answer = try answer(files, known) {
                known.answer = answer
                self.known = known
                return answer.history
            }
        }
        var known = try await look(at: files, lineEndings, commit)
        known.answer = try answer(files, known)
        self.known = known
        guard let answer = known.answer else { throw GitError.malformedAnswer(command: "log") }
        return answer.history
    }

    /// Dates the work tree again after only the contents of some files changed, at the same commit; nil when there is no
    /// earlier result.
    ///
    /// See ``history(of:at:touched:normalizing:)`` for the parameters.
    package mutating func update(
        _ files: [DatedFile],
        normalizing lineEndings: LineEndings? = nil
    ) async throws -> TreeHistory? {
        guard var known, var answer = known.answer else { return nil }
        // An error leaves nothing that the next call could start from, and a second reference would copy all dates.
        self.known = nil
        known.answer = nil
        for file in files { known.changed[file.path] = nil }
        try await note(files.filter { known.committed.contains($0.path) }, lineEndings, &known)
        for file in files {
            if var dates = known.dates[file.path] {
                if let date = known.changed[file.path] { dates.updated = date }
                answer.history.dates[file.path] = dates
            } else {
                answer.history.dates.merge(try uncommitted.dates(of: [file])) { $1 }
            }
        }
        answer.history.isDirty = !known.changed.isEmpty || answer.hasOtherFiles
        known.answer = answer
        self.known = known
        return answer.history
    }

    private func look(at files: [DatedFile], _ lineEndings: LineEndings?, _ commit: String) async throws -> Known {
        let committed = try await CommittedFiles(of: commit, in: repository)
        let present = files.filter { committed.contains($0.path) }
        let (dates, committedAt) = try await GitHistory(ofRevision: commit, in: repository)
            .origins(of: present.map(\.path), at: commit)
        var known = Known(commit: commit, committedAt: committedAt, committed: committed, dates: dates, changed: [:])
        try await note(present, lineEndings, &known)
        return known
    }

    private func note(_ files: [DatedFile], _ lineEndings: LineEndings?, _ known: inout Known) async throws {
        guard !files.isEmpty else { return }
        var changed: [String: Int64] = [:]
        try await known.committed.forEachDiffering(files, normalizing: lineEndings) { index in
            changed[files[index].path] = try uncommitted.date(of: files[index])
        }
        known.changed.merge(changed) { $1 }
    }

    /// Returns the known history of the files; nil when a committed file appeared that did not exist before.
    private func answer(_ files: [DatedFile], _ known: Known) throws -> Answer? {
        var dates = known.dates
        var added: [DatedFile] = []
        for file in files where known.dates[file.path] == nil {
            guard !known.committed.contains(file.path) else { return nil }
            added.append(file)
        }
        for (path, date) in known.changed { dates[path]?.updated = date }
        dates.merge(try uncommitted.dates(of: added)) { $1 }
        let hasOtherFiles = !added.isEmpty || files.count - added.count < known.committed.count
        let history = TreeHistory(
            commit: known.commit,
            committedAt: known.committedAt,
            isDirty: !known.changed.isEmpty || hasOtherFiles,
            dates: dates
        )
        return Answer(history: history, hasOtherFiles: hasOtherFiles)
    }
}
