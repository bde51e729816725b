import RosterDiagnostics

/// `stale-box`: a box for a retired key beside active ones.
enum StaleBox: Rule {
    static let name = "stale-box"
    static let severity = Severity.warning
    static let summary = "a box for a retired key beside active ones"
    static let explanation = """
        A retired key still opens this box. `roster secret reseal` removes it; the key that the secret holds stays \
        known to whoever could open it before.
        """
    static let failing = RuleExample(
        ("secrets/acme/openai-prod.yaml", RuleExample.secret + RuleExample.secondBox),
        ("roster.yaml", RuleExample.roster + RuleExample.secondKey + "    retired: true\n")
    )
    static let passing = RuleExample(secret: RuleExample.secret)

    static func report(_ box: BoxDeclaration, in secret: SecretDeclaration, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: .file(secret.file, box.key.span),
            "\(box.key.value) is retired and can still open this box",
            help: "remove it: roster secret reseal"
        )
    }
}
