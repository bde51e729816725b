package import RosterDiagnostics
package import RosterFrontend

/// `missing-box`: no box for an active sealing key.
package enum MissingBox: SecretRule {
    package static let name = "missing-box"
    package static let severity = Severity.error
    package static let summary = "no box for an active sealing key"
    package static let explanation = """
        Everyone who holds an active key must be able to open every secret. After a key is added, a user who has an \
        identity re-seals the secrets: `roster secret reseal --all`.
        """
    package static let failing = RuleExample(roster: RuleExample.roster + RuleExample.secondKey)
    package static let passing = RuleExample(
        ("secrets/acme/openai-prod.yaml", RuleExample.secret + RuleExample.secondBox),
        ("roster.yaml", RuleExample.roster + RuleExample.secondKey)
    )

    static func check(_ secret: SecretContext, _ findings: inout Findings) {
        guard let (keys, others) = secret.recipients?.missing, !keys.isEmpty else { return }
        let names = keys.map { "\($0.id.value) (\($0.name))" } + (others > 0 ? ["\(others) more"] : [])
        findings.report(
            Self.self,
            at: .file(secret.declaration.file, secret.declaration.boxesKey),
            "there is no box for \(list(names))",
            help: "a user who has an identity must re-seal: roster secret reseal --all"
        )
    }
}
