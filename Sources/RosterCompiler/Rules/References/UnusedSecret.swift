import RosterDiagnostics
import RosterSources

/// `unused-secret`: no provider links the secret.
enum UnusedSecret: Rule {
    static let name = "unused-secret"
    static let severity = Severity.warning
    static let summary = "no provider links the secret"
    static let explanation = """
        A sealed key that no provider uses still has to be rotated. Often its file was renamed, or its provider was moved \
        or lost its `secret`: link it again. It may be the only copy of the key, so keep it until the key is revoked at \
        its provider; `# roster:allow unused-secret` with a reason keeps it without a warning.
        """
    static let failing = RuleExample(
        provider: RuleExample.ollama()
    )
    static let passing = RuleExample(provider: RuleExample.provider)

    /// Reports the secrets that no provider links, except those that a broken link probably means.
    static func check(_ model: LinkedModel, except meant: UnknownSecret.Meant, _ findings: inout Findings) {
        for secret in model.secrets.lazy.map(\.value)
        where !model.linkedSecrets.contains(secret.file) && !meant.secrets.contains(secret.file) {
            let project = model.listing.project(of: secret.file)
            guard model.areLinksKnown(in: project), !meant.projects.contains(project) else { continue }
            let line = quoted("secret: \(model.listing.handle(of: secret.file))")
            findings.report(
                Self.self,
                at: .file(secret.file, secret.idSpan),
                "no provider links this secret",
                help:
                    "was it renamed, or its provider moved? link it by \(line) in a provider of \(project), or keep it: "
                    + "it may be the only copy of the key"
            )
        }
    }
}
