package import RosterDiagnostics
package import RosterFrontend

/// `retired-sealing-key`: boxes for retired keys only.
package enum RetiredSealingKey: SecretRule {
    package static let name = "retired-sealing-key"
    package static let severity = Severity.error
    package static let summary = "boxes for retired keys only"
    package static let explanation = """
        If all boxes of a secret are for retired keys, only users who should no longer have access can open it. \
        Re-seal it, and rotate the key that it holds.
        """
    package static let failing = RuleExample(roster: RuleExample.roster + "    retired: true\n" + RuleExample.secondKey)
    package static let passing = RuleExample(roster: RuleExample.roster)

    static func check(_ secret: SecretContext, _ findings: inout Findings) {
        guard secret.recipients?.areAllStale == true else { return }
        findings.report(
            Self.self,
            at: .file(secret.declaration.file, secret.declaration.boxesKey),
            "every box of this secret is for a retired key",
            help: "a user who has an identity must re-seal: roster secret reseal"
        )
    }
}
