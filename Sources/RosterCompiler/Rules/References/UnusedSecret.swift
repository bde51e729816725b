import RosterDiagnostics

/// `unused-secret`: no provider links the secret.
enum UnusedSecret: Rule {
    static let name = "unused-secret"
    static let severity = Severity.warning
    static let summary = "no provider links the secret"
    static let explanation = """
        A sealed key that no provider uses is a key that somebody has to rotate for nothing. Delete the secret, or \
        link it.
        """
    static let failing = RuleExample(
        provider: RuleExample.ollama()
    )
    static let passing = RuleExample(provider: RuleExample.provider)

    static func check(_ model: LinkedModel, _ findings: inout Findings) {
        for secret in model.secrets.lazy.map(\.value) where !model.linkedSecrets.contains(secret.file) {
            let project = model.listing.project(of: secret.file)
            guard model.areLinksKnown(in: project) else { continue }
            findings.report(
                Self.self,
                at: .file(secret.file, secret.idSpan),
                "no provider links this secret",
                help: "delete it: roster secret delete \(project)/\(model.listing.handle(of: secret.file))"
            )
        }
    }
}
