import RosterDiagnostics
import RosterSources

/// `rotation-due`: the secret's `rotateBy` date is past.
enum RotationDue: Rule {
    static let name = "rotation-due"
    static let severity = Severity.warning
    static let summary = "the secret's `rotateBy` date is past"
    static let explanation = """
        The team said that this key should be changed by that day. Make a new key at the provider, seal it with \
        `roster secret set`, and revoke the old one. With --as-of the rule asks about another day than today.
        """
    static let failing = RuleExample(
        secret: RuleExample.secret.replacing("boxes:", with: "rotateBy: 2026-01-31\nboxes:")
    )
    static let passing = RuleExample(
        secret: RuleExample.secret.replacing("boxes:", with: "rotateBy: 2099-01-31\nboxes:")
    )

    static func check(_ secret: SecretDeclaration, _ model: LinkedModel, _ findings: inout Findings) {
        guard let rotateBy = secret.rotateBy.located, rotateBy.value < model.today else { return }
        let name = model.listing.fullName(of: secret.file)
        findings.report(
            Self.self,
            at: .file(secret.file, rotateBy.span),
            "this key was to be changed by \(rotateBy.value)",
            help: "make a new key at the provider, then: roster secret set \(name)"
        )
    }
}
