package import RosterDiagnostics
package import RosterFrontend
import RosterSources

/// `unknown-secret`: a provider links a secret that its project does not have.
package enum UnknownSecret: RepositoryRule {
    package static let name = "unknown-secret"
    package static let severity = Severity.error
    package static let summary = "a provider links a secret that its project does not have"
    package static let explanation = """
        `secret` is the name of a file of the same project under secrets/, without .yaml. That file does not exist. If \
        it was renamed, write its new name; `roster secret rename` changes the links as well. A secret of another \
        project cannot be linked, because its box is sealed for that project. Correct the name, or seal the key here \
        with `roster secret set`.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("openai-prod", with: "openai-prd"),
        special: .missing("secrets/acme/openai-prod.yaml")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(_ context: RepositoryContext, _ findings: inout Findings) {
        for (link, advice) in context.brokenLinks {
            findings.report(
                link.isHandle && !KeyMask.isLikeAKey(link.text.value) ? Self.self : InvalidValue.self,
                at: .file(link.file, link.text.span),
                advice.message,
                help: advice.help,
                label: advice.replacement.map { "did you mean \(quoted($0.text))?" },
                replacement: advice.replacement
            )
        }
    }
}
