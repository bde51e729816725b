/// The severity of a diagnostic.
public enum Severity: String, Sendable, Hashable, CaseIterable {
    /// The repository does not compile.
    case error
    /// The repository compiles, and should be reviewed.
    case warning
}
