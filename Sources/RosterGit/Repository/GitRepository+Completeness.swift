extension GitRepository {
    /// Returns true for a shallow clone, which lacks the older part of its history.
    package func isShallow() async throws -> Bool {
        try await git.answer(["rev-parse", "--is-shallow-repository"]).get().hasPrefix("true")
    }

    /// Returns true for a partial clone, which lacks objects that a promisor remote has.
    package func isPartialClone() async throws -> Bool { try await git.isPartialClone() }

    /// Returns the path of the file of grafts; nil when there is no such file, or it names no commit.
    package func usedGraftsFile() -> String? { grafts?.file }

    /// Checks that no file of grafts replaces parents in the complete history of some commits.
    ///
    /// Runs git only when there are grafts.
    ///
    /// - Throws: ``GitError/graftedHistory(file:commit:)``.
    package func checkGrafts(inHistoryOf commits: [String]) async throws {
        try await grafts?.check(historyOf: commits, git)
    }

    /// The grafts at this moment; nil when there are none.
    var grafts: Grafts? { Grafts(file: stateFiles.grafts) }
}
