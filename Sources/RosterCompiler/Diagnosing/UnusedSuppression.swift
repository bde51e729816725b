import RosterDiagnostics
import RosterFrontend
import RosterSources

/// `unused-suppression`: a `roster:allow` comment that silences nothing, has no reason, or names an error.
enum UnusedSuppression: Rule {
    static let name = "unused-suppression"
    static let severity = Severity.warning
    static let summary = "a `roster:allow` comment that silences nothing, has no reason, or names an error"
    static let explanation = """
        `# roster:allow <rule> <reason>` at the end of a line, or on the line before, silences a warning there; the \
        reason is for the next reader. A comment that silences nothing could hide a later warning; an error cannot be \
        silenced. Delete the comment, or correct it.
        """
    static let failing = RuleExample(
        provider: RuleExample.provider + "# roster:allow duplicate-name both are intentional\n"
    )
    static let passing = RuleExample(provider: RuleExample.provider)

    static func report(
        _ suppression: Suppression,
        file: FileIndex,
        severities: [String: Severity],
        _ findings: inout Findings
    ) {
        let (message, help) = words(for: suppression, severities)
        findings.report(Self.self, at: .file(file, suppression.span), message, help: help)
    }

    private static func words(for suppression: Suppression, _ severities: [String: Severity]) -> (String, String) {
        let form = "write # roster:allow <rule> <reason>"
        guard !suppression.rule.isEmpty else { return ("the comment does not name a rule", form) }
        guard let severity = severities[suppression.rule] else {
            let nearest = NearestName.find(suppression.rule, among: severities.keys)
            return (
                "there is no rule \(quoted(suppression.rule))", nearest.map { "did you mean \(quoted($0))?" } ?? form
            )
        }
        guard suppression.hasReason else {
            return ("the comment has no reason", "add a reason: # roster:allow \(suppression.rule) <reason>")
        }
        guard severity == .warning else {
            return ("\(suppression.rule) is an error, and errors cannot be silenced", "fix what it reports")
        }
        return ("\(suppression.rule) reports nothing here", "delete the comment")
    }
}
