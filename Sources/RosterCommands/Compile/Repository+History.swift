import RosterCompiler
import RosterGit
import RosterModel
import RosterSources

extension Repository {
    /// When the files of a tree were made and changed.
    ///
    /// `lineEndings` are those that git would give the files, nil when they were read with them.
    func history(
        of checked: Checked,
        _ source: Source,
        normalizing lineEndings: LineEndings? = nil,
        _ context: CommandContext
    ) async throws -> TreeHistory {
        do {
            guard let history = try await historySource(of: source, lineEndings, context) else {
                if let (path, modified) = checked.undatableFile {
                    throw CommandFailure.unusableModificationTime(of: path, modified)
                }
                return .modificationTimes
            }
            return try await history.history(of: checked.datedFiles)
        } catch let error as GitError {
            throw CommandFailure(error, in: self)
        }
    }

    /// Returns when the files of a tree were made and changed; nil when a shallow clone lacks a file's first commit, or a
    /// commit or an uncommitted file has a date that no registry holds.
    ///
    /// - Throws: ``CommandFailure`` when the history cannot be read for another reason.
    func historyIfComplete(
        of checked: Checked,
        _ source: Source,
        _ context: CommandContext
    ) async throws -> TreeHistory? {
        do {
            return try await historySource(of: source, nil, context)?.history(of: checked.datedFiles)
        } catch let error as GitError {
            switch error {
            case .shallowHistory, .unusableModificationTime, .unusableDate: return nil
            default: throw CommandFailure(error, in: self)
            }
        }
    }

    /// What ``history(of:_:_:)`` needs of the files: those of a work tree are compared with their commit's.
    func contentsToDate(_ source: Source) -> KeptContents {
        if case .workingTree = source, hasHistory(source) { .bytes } else { [] }
    }

    /// Whether files have dates besides their modification times.
    func hasHistory(_ source: Source) -> Bool {
        if case .workingTree = source { topLevel != nil } else { true }
    }

    /// Returns the source of dates; nil outside git, and for the index, which has no history.
    private func historySource(
        of source: Source,
        _ lineEndings: LineEndings?,
        _ context: CommandContext
    ) async throws -> GitHistory? {
        switch source {
        case .revision(_, let commit, let git): return GitHistory(ofRevision: commit, in: git)
        case .index: return nil
        case .workingTree: break
        }
        guard let git = try await git(context) else { return nil }
        return GitHistory(
            ofWorkTreeAt: try await git.head(),
            in: git,
            uncommitted: try uncommittedDates(context),
            normalizing: lineEndings
        )
    }

    /// How files are dated that no commit has yet.
    func uncommittedDates(_ context: CommandContext) throws -> UncommittedDates {
        UncommittedDates(sourceDateEpoch: try Self.sourceDateEpoch(context))
    }

    private static func sourceDateEpoch(_ context: CommandContext) throws -> Int64? {
        guard let text = context.environment("SOURCE_DATE_EPOCH"), !text.isEmpty else { return nil }
        let help = "set it to the date of the last commit: SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)"
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else {
            throw CommandFailure.impossible(
                "SOURCE_DATE_EPOCH is \"\(text)\", not a number of seconds since 1970",
                help: help
            )
        }
        guard let seconds = Int64(text), TreeHistory.dateRange.contains(seconds) else {
            throw CommandFailure.impossible(
                "SOURCE_DATE_EPOCH is \(CommandFailure.naming(text)), and a registry holds dates from 1970 to 9999",
                help: help
            )
        }
        return seconds
    }
}
