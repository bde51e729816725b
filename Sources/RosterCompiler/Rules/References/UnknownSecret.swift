import RosterDiagnostics

/// `unknown-secret`: a provider links a secret that its project does not have.
enum UnknownSecret: Rule {
    static let name = "unknown-secret"
    static let severity = Severity.error
    static let summary = "a provider links a secret that its project does not have"
    static let explanation = """
        `secret` names a file of the same project under secrets/, without .yaml. A secret of another project cannot \
        be linked: its box says which project it is for. Correct the name, or seal the key here with `roster secret \
        set`.
        """
    static let failing = RuleExample(
        provider: RuleExample.provider.replacing("openai-prod", with: "openai-prd"),
        special: .missing("secrets/acme/openai-prod.yaml")
    )
    static let passing = RuleExample(provider: RuleExample.provider)

    static func report(
        _ secret: Located<String>,
        of provider: ProviderDeclaration,
        nearest: String?,
        alsoIn elsewhere: [String],
        _ targets: LinkTargets,
        _ findings: inout Findings
    ) {
        let project = targets.listing.project(of: provider.file)
        guard !KeyMask.isLikeAKey(secret.value) else {
            // Not a name that was misspelt, and not to be said again.
            findings.report(
                Self.self,
                at: .file(provider.file, secret.span),
                "the project \(quoted(project)) has no secret of this name",
                help: InvalidHandle.secretHelp
            )
            return
        }
        let user = targets.listing.fullName(of: provider.file)
        var help = "seal it: roster secret set \(project)/\(secret.value) --for \(user)"
        if !elsewhere.isEmpty {
            help =
                "\(shortList(elsewhere)) has a secret of that name, and a secret serves its own project only; " + help
        }
        findings.report(
            Self.self,
            at: .file(provider.file, secret.span),
            "the project \(quoted(project)) has no secret \(quoted(secret.value))",
            help: help,
            label: nearest.map { "did you mean \(quoted($0))?" },
            replacement: nearest.map { Diagnostic.Replacement(text: $0, isSafe: false) }
        )
    }
}
