public import RosterDiagnostics

/// `unused-secret`: no provider links the secret.
public enum UnusedSecret: Rule {
    public static let name = "unused-secret"
    public static let severity = Severity.warning
    public static let summary = "no provider links the secret"
    public static let explanation = """
        A sealed key that no provider uses is a key that somebody has to rotate for nothing. Delete the secret, or \
        link it.
        """
    public static let failing = RuleExample(
        provider: RuleExample.ollama()
    )
    public static let passing = RuleExample(provider: RuleExample.provider)

    static func check(_ model: LinkedModel, _ findings: inout Findings) {
        for secret in model.secrets where !model.linkedSecrets.contains(secret.file) {
            let project = model.listing.project(of: secret.file)
            findings.report(
                Self.self,
                at: .file(secret.file, secret.idSpan),
                "no provider links this secret",
                help: "delete it: roster secret delete \(project)/\(model.listing.handle(of: secret.file))"
            )
        }
    }
}
