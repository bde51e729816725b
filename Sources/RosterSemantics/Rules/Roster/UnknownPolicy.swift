package import RosterDiagnostics
package import RosterFrontend

/// `unknown-policy`: a token names a policy that does not exist.
package enum UnknownPolicy: RosterRule {
    package static let name = "unknown-policy"
    package static let severity = Severity.error
    package static let summary = "a token names a policy that does not exist"
    package static let explanation = """
        The policies of a token determine what it may do. A policy that does not exist allows and denies nothing, so \
        the token can do less than its author intended, or a Deny does not take effect. Correct the name.
        """
    package static let failing = RuleExample(
        roster: RuleExample.access(
            policies: RuleExample.readerPolicy,
            tokens: RuleExample.readerToken.replacing("[catalog-reader]", with: "[catalog-raeder]")
        )
    )
    package static let passing = RuleExample(
        roster: RuleExample.access(policies: RuleExample.readerPolicy, tokens: RuleExample.readerToken)
    )

    static func check(_ roster: RosterDeclaration, in repository: LinkedRepository, _ findings: inout Findings) {
        guard let access = roster.access, access.arePoliciesKnown else { return }
        let names = access.policies.map(\.name.value)
        let known = Set(names)
        let help = names.isEmpty ? "access has no policies" : "the policies are \(shortList(names.sorted()))"
        var suggestions = NameSuggestions()
        for policy in access.tokens.flatMap(\.policies) where !known.contains(policy.value) {
            let nearest = suggestions.nearest(to: policy.value, in: "policies") { names }
            findings.report(
                Self.self,
                at: .file(0, policy.span),
                "there is no policy \(quoted(policy.value))",
                help: help,
                label: nearest.map { "did you mean \(quoted($0))?" },
                replacement: nearest.map { Diagnostic.Replacement(text: $0, isSafe: false) }
            )
        }
    }
}
