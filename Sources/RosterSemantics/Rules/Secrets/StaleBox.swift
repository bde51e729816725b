package import RosterDiagnostics
package import RosterFrontend

/// `stale-box`: a box for a retired key in addition to active ones.
package enum StaleBox: SecretRule {
    package static let name = "stale-box"
    package static let severity = Severity.warning
    package static let summary = "a box for a retired key in addition to active ones"
    package static let explanation = """
        A retired key still opens this box. `roster secret reseal` removes the box, but users who could open it before \
        may still know the key that the secret holds.
        """
    package static let failing = RuleExample(
        ("secrets/acme/openai-prod.yaml", RuleExample.secret + RuleExample.secondBox),
        ("roster.yaml", RuleExample.roster + RuleExample.secondKey + "    retired: true\n")
    )
    package static let passing = RuleExample(secret: RuleExample.secret)

    static func check(_ secret: SecretContext, _ findings: inout Findings) {
        guard let recipients = secret.recipients, !recipients.areAllStale else { return }
        for box in recipients.stale {
            findings.report(
                Self.self,
                at: .file(secret.declaration.file, box.key.span),
                "\(box.key.value) is retired and can still open this box",
                help: "remove it: roster secret reseal"
            )
        }
    }
}
