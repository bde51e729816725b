/// How grave a diagnostic is.
public enum Severity: String, Sendable, Hashable, CaseIterable {
    /// The repository does not compile.
    case error
    /// The repository compiles; somebody should look.
    case warning
}
