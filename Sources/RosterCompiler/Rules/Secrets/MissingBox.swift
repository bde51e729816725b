public import RosterDiagnostics

/// `missing-box`: no box for an active sealing key.
public enum MissingBox: Rule {
    public static let name = "missing-box"
    public static let severity = Severity.error
    public static let summary = "no box for an active sealing key"
    public static let explanation = """
        Everybody who holds an active key must be able to open every secret. After a key was added, somebody who \
        holds an identity re-seals: `roster secret reseal --all`.
        """
    public static let failing = RuleExample(roster: RuleExample.roster + RuleExample.secondKey)
    public static let passing = RuleExample(
        ("secrets/acme/openai-prod.yaml", RuleExample.secret + RuleExample.secondBox),
        ("roster.yaml", RuleExample.roster + RuleExample.secondKey)
    )

    static func report(_ keys: [SealingKeyDeclaration], in secret: SecretDeclaration, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: .file(secret.file, secret.boxesKey),
            "there is no box for \(list(keys.map { "\($0.id.value) (\($0.name))" }))",
            help: "somebody who holds an identity must re-seal: roster secret reseal --all"
        )
    }
}
