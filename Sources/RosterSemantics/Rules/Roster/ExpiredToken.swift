package import RosterDiagnostics
package import RosterFrontend

/// `expired-token`: a token is past its `expires` date.
package enum ExpiredToken: RosterRule {
    package static let name = "expired-token"
    package static let severity = Severity.warning
    package static let summary = "a token is past its `expires` date"
    package static let explanation = """
        The token no longer works. Delete it with `roster token revoke`, or make a new one. --as-of checks against a \
        date other than today.
        """
    package static let failing = RuleExample(
        roster: RuleExample.access(
            policies: RuleExample.readerPolicy,
            tokens: RuleExample.readerToken + "      expires: 2026-01-31\n"
        )
    )
    package static let passing = RuleExample(
        roster: RuleExample.access(
            policies: RuleExample.readerPolicy,
            tokens: RuleExample.readerToken + "      expires: 2099-01-31\n"
        )
    )

    static func check(_ roster: RosterDeclaration, in repository: LinkedRepository, _ findings: inout Findings) {
        for token in roster.access?.tokens ?? [] {
            guard let expires = token.expires.located, expires.value < repository.today else { continue }
            findings.report(
                Self.self,
                at: .file(0, expires.span),
                "this token stopped working after \(expires.value)",
                help: token.id.map { "delete it: roster token revoke \($0.value)" }
            )
        }
    }
}
