package import RosterModel
package import RosterReview

/// A source of the histories of providers: the repository of git that a registry comes from.
package struct HistorySource: Sendable {
    /// A function that reads the history of the provider of an id at a commit; the path is that of its file in the registry.
    package typealias Read =
        @Sendable (_ provider: ProviderID, _ path: String, _ commit: String) async throws -> CommittedHistory

    /// Opens the repository; what the function starts runs until the function is released.
    let open: @Sendable () async throws -> Read
    /// Returns what an error means, and what to do about it.
    let describe: @Sendable (any Error) -> String

    /// Creates a source from its functions.
    package init(
        open: @escaping @Sendable () async throws -> Read,
        describe: @escaping @Sendable (any Error) -> String
    ) {
        (self.open, self.describe) = (open, describe)
    }
}

/// The reason for which there is no history.
package enum HistoryFailure: Error, Sendable, Hashable {
    /// The provider is in no commit yet.
    case notCommitted
    /// The clone's history ends before the provider began.
    case shallowClone
    /// Reading took too long.
    case timeLimit
    /// Git did not answer, with the reason and the remedy.
    case other(String)
}
