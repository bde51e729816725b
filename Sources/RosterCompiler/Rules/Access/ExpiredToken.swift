import RosterDiagnostics

/// `expired-token`: a token is past its `expires` date.
enum ExpiredToken: Rule {
    static let name = "expired-token"
    static let severity = Severity.warning
    static let summary = "a token is past its `expires` date"
    static let explanation = """
        The token no longer works. Delete it with `roster token revoke`, or make a new one. With --as-of the rule \
        asks about another day than today.
        """
    static let failing = RuleExample(
        roster: RuleExample.access(
            policies: RuleExample.readerPolicy,
            tokens: RuleExample.readerToken + "      expires: 2026-01-31\n"
        )
    )
    static let passing = RuleExample(
        roster: RuleExample.access(
            policies: RuleExample.readerPolicy,
            tokens: RuleExample.readerToken + "      expires: 2099-01-31\n"
        )
    )

    static func check(_ model: LinkedModel, _ findings: inout Findings) {
        for token in model.roster.access?.tokens ?? [] {
            guard let expires = token.expires.located, expires.value < model.today else { continue }
            findings.report(
                Self.self,
                at: .file(0, expires.span),
                "this token stopped working after \(expires.value)",
                help: token.id.map { "delete it: roster token revoke \($0.value)" }
            )
        }
    }
}
