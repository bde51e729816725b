/// Why a repository could not be compiled at all, as opposed to what is wrong in it.
public enum CompilerError: Error, Sendable, Hashable {
    /// There is no `roster.yaml` at the tree's root.
    case noRoster
    /// The tree's root cannot be listed.
    case unreadableRepository(TreeFailure)
    /// A file was another one when it had to be read again; its path.
    case changedMeanwhile(String)
}
