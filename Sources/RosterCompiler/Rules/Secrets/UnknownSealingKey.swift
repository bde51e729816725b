import RosterDiagnostics

/// `unknown-sealing-key`: a box for a key that roster.yaml does not have.
enum UnknownSealingKey: Rule {
    static let name = "unknown-sealing-key"
    static let severity = Severity.error
    static let summary = "a box for a key that roster.yaml does not have"
    static let explanation = """
        A box for a key that is not among `sealingKeys` can be opened by somebody whom the repository does not name. \
        Add the key with `roster key add` if it is one of the team's, or re-seal the secret.
        """
    static let failing = RuleExample(secret: RuleExample.secret + RuleExample.secondBox)
    static let passing = RuleExample(
        ("secrets/acme/openai-prod.yaml", RuleExample.secret + RuleExample.secondBox),
        ("roster.yaml", RuleExample.roster + RuleExample.secondKey)
    )

    static func report(_ box: BoxDeclaration, in secret: SecretDeclaration, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: .file(secret.file, box.key.span),
            "roster.yaml has no sealing key \(box.key.value)",
            help: "re-seal the secret to today's keys: roster secret reseal"
        )
    }
}
