package import RosterDiagnostics
package import RosterFrontend
import RosterSources

/// `unused-secret`: no provider links the secret.
package enum UnusedSecret: RepositoryRule {
    package static let name = "unused-secret"
    package static let severity = Severity.warning
    package static let summary = "no provider links the secret"
    package static let explanation = """
        A sealed key that no provider uses must still be rotated. Often its file was renamed, or its provider was \
        moved or lost its `secret`: link it again. It may be the only copy of the key, so keep it until the key is \
        revoked at its provider; `# roster:allow unused-secret` with a reason silences the warning.
        """
    package static let failing = RuleExample(
        provider: RuleExample.ollama()
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    /// Reports the secrets that no provider links, except those that a broken link probably means.
    static func check(_ context: RepositoryContext, _ findings: inout Findings) {
        let repository = context.repository
        let listing = repository.listing
        let meant = Set(context.brokenLinks.compactMap(\.advice.meant))
        let open = Set(context.brokenLinks.filter(\.advice.meansAnyUnlinked).map { listing.project(of: $0.link.file) })
        for secret in repository.secrets.lazy.map(\.value)
        where !repository.linkedSecrets.contains(secret.file) && !meant.contains(secret.file) {
            let project = listing.project(of: secret.file)
            guard repository.areLinksKnown(in: project), !open.contains(project) else { continue }
            let line = quoted("secret: \(listing.handle(of: secret.file))")
            findings.report(
                Self.self,
                at: .file(secret.file, secret.idSpan),
                "no provider links this secret",
                help:
                    "was it renamed, or its provider moved? link it with \(line) in a provider of \(project), "
                    + "or keep it: it may be the only copy of the key"
            )
        }
    }
}
