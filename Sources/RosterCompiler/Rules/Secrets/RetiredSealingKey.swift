import RosterDiagnostics

/// `retired-sealing-key`: boxes for retired keys only.
enum RetiredSealingKey: Rule {
    static let name = "retired-sealing-key"
    static let severity = Severity.error
    static let summary = "boxes for retired keys only"
    static let explanation = """
        A secret whose boxes are all for retired keys can be opened only by those who should no longer be able to. \
        Re-seal it, and rotate the key that it holds.
        """
    static let failing = RuleExample(roster: RuleExample.roster + "    retired: true\n" + RuleExample.secondKey)
    static let passing = RuleExample(roster: RuleExample.roster)

    static func report(_ secret: SecretDeclaration, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: .file(secret.file, secret.boxesKey),
            "every box of this secret is for a retired key",
            help: "somebody who holds an identity must re-seal: roster secret reseal"
        )
    }
}
