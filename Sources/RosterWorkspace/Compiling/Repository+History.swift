import RosterBytes
package import RosterCompiler
package import RosterGit
import RosterModel
package import RosterSources

extension Repository {
    /// Returns the dates of a tree's files.
    ///
    /// `lineEndings` are those that git would give the files, nil when they were read with them.
    package func history(
        of checked: AnalyzedRepository,
        _ source: RepositorySource,
        normalizing lineEndings: LineEndings? = nil
    ) async throws -> TreeHistory {
        do {
            guard let history = try await historySource(of: source, lineEndings) else {
                if let (path, modified) = checked.undatableFile {
                    throw WorkspaceFailure.unusableModificationTime(of: path, modified)
                }
                return .modificationTimes
            }
            return try await history.history(of: checked.datedFiles)
        } catch let error as GitError {
            throw WorkspaceFailure(error, in: self)
        }
    }

    /// Returns the dates of a tree's files; nil when a shallow clone lacks a file's first commit, or a
    /// commit or an uncommitted file has a date that no registry holds.
    ///
    /// - Throws: ``WorkspaceFailure`` when the history cannot be read for another reason.
    package func historyIfComplete(
        of checked: AnalyzedRepository,
        _ source: RepositorySource
    ) async throws -> TreeHistory? {
        do {
            return try await historySource(of: source, nil)?.history(of: checked.datedFiles)
        } catch let error as GitError {
            switch error {
            case .shallowHistory, .unusableModificationTime, .unusableDate: return nil
            default: throw WorkspaceFailure(error, in: self)
            }
        }
    }

    /// Returns the dates of a source's records.
    package func dates(of source: RepositorySource) async throws -> RegistryDates {
        do {
            return try await historySource(of: source, nil).map(RegistryDates.source) ?? .modificationTimes
        } catch let error as GitError {
            throw WorkspaceFailure(error, in: self)
        }
    }

    /// Returns whether files have dates other than their modification times.
    package func hasHistory(_ source: RepositorySource) -> Bool {
        if case .workingTree = source { topLevel != nil } else { true }
    }

    /// Returns the source of dates; nil outside git, and for the index, which has no history.
    private func historySource(of source: RepositorySource, _ lineEndings: LineEndings?) async throws -> GitHistory? {
        switch source {
        case .revision(_, let commit, let git): return GitHistory(ofRevision: commit, in: git)
        case .index: return nil
        case .workingTree: break
        }
        guard let git = try await git() else { return nil }
        return GitHistory(
            ofWorkTreeAt: try await git.head(),
            in: git,
            uncommitted: try uncommittedDates(),
            normalizing: lineEndings
        )
    }

    /// Returns the dates of files that no commit has yet.
    package func uncommittedDates() throws -> UncommittedDates {
        UncommittedDates(sourceDateEpoch: try sourceDateEpoch())
    }

    private func sourceDateEpoch() throws -> Int64? {
        guard let text = environment("SOURCE_DATE_EPOCH"), !text.isEmpty else { return nil }
        let help = "set it to the date of the last commit: SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)"
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else {
            throw WorkspaceFailure(
                .date,
                "SOURCE_DATE_EPOCH is \"\(text)\", not a number of seconds since 1970",
                help: help
            )
        }
        guard let seconds = Int64(text), TreeHistory.dateRange.contains(seconds) else {
            throw WorkspaceFailure(
                .date,
                "SOURCE_DATE_EPOCH is \(WorkspaceFailure.naming(text)), and a registry holds dates from 1970 to 9999",
                help: help
            )
        }
        return seconds
    }
}
