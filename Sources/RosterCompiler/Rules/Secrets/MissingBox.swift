import RosterDiagnostics

/// `missing-box`: no box for an active sealing key.
enum MissingBox: Rule {
    static let name = "missing-box"
    static let severity = Severity.error
    static let summary = "no box for an active sealing key"
    static let explanation = """
        Everybody who holds an active key must be able to open every secret. After a key was added, somebody who \
        holds an identity re-seals: `roster secret reseal --all`.
        """
    static let failing = RuleExample(roster: RuleExample.roster + RuleExample.secondKey)
    static let passing = RuleExample(
        ("secrets/acme/openai-prod.yaml", RuleExample.secret + RuleExample.secondBox),
        ("roster.yaml", RuleExample.roster + RuleExample.secondKey)
    )

    /// The number of keys that a message names.
    static let nameLimit = 8

    /// Reports keys, and a number of others that are not named.
    static func report(
        _ keys: [SealingKeyDeclaration],
        and others: Int,
        in secret: SecretDeclaration,
        _ findings: inout Findings
    ) {
        let names = keys.map { "\($0.id.value) (\($0.name))" } + (others > 0 ? ["\(others) more"] : [])
        findings.report(
            Self.self,
            at: .file(secret.file, secret.boxesKey),
            "there is no box for \(list(names))",
            help: "somebody who holds an identity must re-seal: roster secret reseal --all"
        )
    }
}
