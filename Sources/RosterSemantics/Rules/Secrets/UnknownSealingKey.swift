package import RosterDiagnostics
package import RosterFrontend

/// `unknown-sealing-key`: a box for a key that roster.yaml does not have.
package enum UnknownSealingKey: SecretRule {
    package static let name = "unknown-sealing-key"
    package static let severity = Severity.error
    package static let summary = "a box for a key that roster.yaml does not have"
    package static let explanation = """
        A box for a key that is not among `sealingKeys` can be opened by a person or machine that the repository does \
        not list. Add the key with `roster key add` if it is one of the team's, or re-seal the secret.
        """
    package static let failing = RuleExample(secret: RuleExample.secret + RuleExample.secondBox)
    package static let passing = RuleExample(
        ("secrets/acme/openai-prod.yaml", RuleExample.secret + RuleExample.secondBox),
        ("roster.yaml", RuleExample.roster + RuleExample.secondKey)
    )

    static func check(_ secret: SecretContext, _ findings: inout Findings) {
        for box in secret.recipients?.unknown ?? [] {
            findings.report(
                Self.self,
                at: .file(secret.declaration.file, box.key.span),
                "roster.yaml has no sealing key \(box.key.value)",
                help: "re-seal the secret to the current keys: roster secret reseal"
            )
        }
    }
}
