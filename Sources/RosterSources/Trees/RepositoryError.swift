/// The reason a repository cannot be read at all, as opposed to a problem in one of its files.
public enum RepositoryError: Error, Sendable, Hashable {
    /// The tree has no `roster.yaml` at its root.
    case noRoster
    /// The tree's root cannot be listed.
    case unreadableRepository(TreeFailure)
}
