import RosterDiagnostics
import RosterSources

/// The explanation of a link that resolves to no secret.
struct LinkAdvice {
    var message: String
    var help: String
    var replacement: Diagnostic.Replacement?
    /// The secret that the link probably means, so that it is not unused.
    var meant: FileIndex?
    /// A Boolean value that indicates whether the link may mean any of the project's secrets that no provider links.
    var meansAnyUnlinked = false
}
