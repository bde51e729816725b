import RosterSources
import Subprocess

/// The first-parent history of a commit, from the newest to the oldest, as one run of `git log` prints it.
struct HistoryLog {
    let git: GitProgram
    /// The grafts of the repository; nil when it has none.
    var grafts: Grafts?

    /// A commit of the history.
    struct Commit: Sendable {
        var id: String
        /// The committer date, in seconds since 1970.
        var date: Int64
        /// A Boolean value that indicates whether git shows no parent: the first commit, or the last of a shallow
        /// clone.
        var isRoot: Bool
    }

    /// A commit's change of a path.
    enum Change: Sendable {
        case added
        case changed
        case deleted
        case renamed(from: String)
    }

    /// Options that override every setting of the user's configuration that could change the output.
    private static let arguments = [
        "-c", "diff.renames=true", "-c", "diff.renameLimit=0",
        "log", "--first-parent", "--diff-merges=first-parent", "--root", "-M50%", "--raw", "--no-abbrev", "-z",
        "--no-ext-diff", "--no-textconv", "--no-relative", "-O/dev/null", "--no-show-signature", "--no-notes",
        "--no-mailmap", "--no-follow", "--no-color", "--format=%H %ct %P", "--end-of-options",
    ]

    /// Walks the history, calling `begin` for each commit and then `change` for each path that it touched, until
    /// `begin` returns false.
    ///
    /// - Throws: ``GitError/graftedHistory(file:commit:)`` when a commit of the walk has parents that are not its own.
    func walk(
        from commit: String,
        begin: (Commit) -> Bool,
        change: (_ path: String, Change) -> Void
    ) async throws {
        guard let undated = try await walkDated(from: commit, begin: begin, change: change) else { return }
        // Git omits a date that it cannot parse; the commit itself has it.
        try await CommitObject.read(undated, ObjectReader(git: git))?.checkDate(of: undated)
        throw GitError.malformedAnswer(command: "log")
    }

    /// Walks the history as far as commits have usable dates; returns the id of the first one that has none.
    private func walkDated(
        from commit: String,
        begin: (Commit) -> Bool,
        change: (_ path: String, Change) -> Void
    ) async throws -> String? {
        // Finding the renames of one large commit can take git a minute.
        var patience = git.patience
        patience.further = max(patience.answer, .seconds(120))
        return try await git.stream(Self.arguments + [commit, "--"], patience: patience) { input, output in
            try await input.finish()
            while let token = try await output.token(endedBy: 0, limit: 1 << 20) {
                // A newline separates a commit from the first of its paths.
                let token = token.first == UInt8(ascii: "\n") ? token.dropFirst() : token[...]
                if token.first == UInt8(ascii: ":") {
                    try await Self.change(token, &output, change)
                } else {
                    let space = UInt8(ascii: " ")
                    let words = token.split(separator: space, maxSplits: 2, omittingEmptySubsequences: false)
                    guard words.count == 3 else { throw GitError.malformedAnswer(command: "log") }
                    guard let commit = Commit(words) else { return String(decoding: words[0], as: UTF8.self) }
                    guard begin(commit) else { return nil }
                    try grafts?.check(commit.id)
                }
            }
            return nil
        }
    }

    /// `:<mode> <mode> <id> <id> <status>`, then one path, or two for a rename.
    private static func change(
        _ header: ArraySlice<UInt8>,
        _ output: inout ByteStream,
        _ change: (_ path: String, Change) -> Void
    ) async throws {
        guard let space = header.lastIndex(of: UInt8(ascii: " ")), space + 1 < header.endIndex,
            let first = try await output.token(endedBy: 0)
        else { throw GitError.malformedAnswer(command: "log") }
        let path = String(decoding: first, as: UTF8.self)
        switch header[space + 1] {
        case UInt8(ascii: "A"): change(path, .added)
        case UInt8(ascii: "D"): change(path, .deleted)
        case UInt8(ascii: "R"):
            guard let second = try await output.token(endedBy: 0) else {
                throw GitError.malformedAnswer(command: "log")
            }
            change(String(decoding: second, as: UTF8.self), .renamed(from: path))
        default: change(path, .changed)
        }
    }
}

extension HistoryLog.Commit {
    /// Parses an id, a date and the parents; nil when a registry cannot hold the date.
    fileprivate init?(_ words: [ArraySlice<UInt8>]) {
        guard let date = Int64(String(decoding: words[1], as: UTF8.self)), TreeHistory.dateRange.contains(date) else {
            return nil
        }
        self.init(id: String(decoding: words[0], as: UTF8.self), date: date, isRoot: words[2].isEmpty)
    }
}
