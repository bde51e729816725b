package import RosterDiagnostics
package import RosterFrontend
import RosterSources

/// `rotation-due`: the secret's `rotateBy` date is past.
package enum RotationDue: SecretRule {
    package static let name = "rotation-due"
    package static let severity = Severity.warning
    package static let summary = "the secret's `rotateBy` date is past"
    package static let explanation = """
        `rotateBy` is the date by which the team wants to rotate this key. Make a new key at the provider, seal it \
        with `roster secret set`, and revoke the old one. --as-of checks against a date other than today.
        """
    package static let failing = RuleExample(
        secret: RuleExample.secret.replacing("boxes:", with: "rotateBy: 2026-01-31\nboxes:")
    )
    package static let passing = RuleExample(
        secret: RuleExample.secret.replacing("boxes:", with: "rotateBy: 2099-01-31\nboxes:")
    )

    static func check(_ secret: SecretContext, _ findings: inout Findings) {
        guard let rotateBy = secret.declaration.rotateBy.located, rotateBy.value < secret.today else { return }
        findings.report(
            Self.self,
            at: .file(secret.declaration.file, rotateBy.span),
            "this key was to be changed by \(rotateBy.value)",
            help:
                "make a new key at the provider, then: roster secret set \(secret.listing.fullName(of: secret.declaration.file))"
        )
    }
}
