import RosterFrontend
import RosterModel
import RosterSources

/// A rule about one secret.
protocol SecretRule: Rule {
    /// Checks a secret.
    static func check(_ secret: SecretContext, _ findings: inout Findings)
}

/// A secret with what the rules about it need.
struct SecretContext {
    /// The secret.
    let declaration: SecretDeclaration
    /// The files of the repository.
    let listing: Listing
    /// The day that dates are compared with.
    let today: CalendarDate
    /// The comparison of the boxes with the sealing keys; nil when one of the two is broken, or no key is active.
    let recipients: BoxRecipients?
}
