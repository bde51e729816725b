import RosterFrontend

/// A rule about the keys and access rules of `roster.yaml`.
protocol RosterRule: Rule {
    /// Checks a declaration with the repository that it belongs to.
    static func check(_ roster: RosterDeclaration, in repository: LinkedRepository, _ findings: inout Findings)
}
