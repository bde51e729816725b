import RosterDiagnostics
import RosterSources

/// `unknown-secret`: a provider links a secret that its project does not have.
enum UnknownSecret: Rule {
    static let name = "unknown-secret"
    static let severity = Severity.error
    static let summary = "a provider links a secret that its project does not have"
    static let explanation = """
        `secret` is the name of a file of the same project under secrets/, without .yaml. It does not exist, or it was \
        renamed: then write its new name, which `roster secret rename` does by itself. A secret of another project cannot \
        be linked: its box says which project it is for. Correct the name, or seal the key here with `roster secret \
        set`.
        """
    static let failing = RuleExample(
        provider: RuleExample.provider.replacing("openai-prod", with: "openai-prd"),
        special: .missing("secrets/acme/openai-prod.yaml")
    )
    static let passing = RuleExample(provider: RuleExample.provider)

    /// The secrets that broken links probably mean: single ones, and any unlinked one of some projects.
    struct Meant {
        var secrets: Set<FileIndex> = []
        var projects: Set<String> = []
    }

    /// Reports the links that lead nowhere, and returns the secrets that they probably mean.
    static func check(_ model: LinkedModel, _ findings: inout Findings) -> Meant {
        var meant = Meant()
        guard !model.unresolvedLinks.isEmpty else { return meant }
        var search = LinkSearch(model)
        for link in model.unresolvedLinks {
            let advice = search.advice(for: link)
            if let secret = advice.meant { meant.secrets.insert(secret) }
            if advice.meansAnyUnlinked { meant.projects.insert(model.listing.project(of: link.file)) }
            findings.report(
                link.isHandle && !KeyMask.isLikeAKey(link.text.value) ? Self.self : InvalidValue.self,
                at: .file(link.file, link.text.span),
                advice.message,
                help: advice.help,
                label: advice.replacement.map { "did you mean \(quoted($0.text))?" },
                replacement: advice.replacement
            )
        }
        return meant
    }
}
