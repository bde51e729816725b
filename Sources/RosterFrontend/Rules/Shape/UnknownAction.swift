package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `unknown-action`: `action` is not one of the five actions or a wildcard.
package enum UnknownAction: Rule {
    package static let name = "unknown-action"
    package static let severity = Severity.error
    package static let summary = "`action` is not one of the five actions or a wildcard"
    package static let explanation = """
        A misspelt action matches nothing, so a Deny with it denies nothing. The valid actions are the five of \
        aiProviders, and the wildcards aiProviders:* and *.
        """
    package static let failing = RuleExample(
        roster: RuleExample.access(
            policies: RuleExample.readerPolicy.replacing("ListAiProviders", with: "ListAiProvider")
        )
    )
    package static let passing = RuleExample(
        roster: RuleExample.access(policies: RuleExample.readerPolicy)
    )

    static func report(_ text: String, at span: ByteSpan, _ findings: inout Findings) {
        let actions = ActionPattern.names
        let nearest = NearestName.find(text, among: actions) ?? action(of: text)
        findings.report(
            Self.self,
            at: span,
            "\(quoted(text)) is not an action",
            help: "one of \(actions.joined(separator: ", "))",
            label: nearest.map { "did you mean \(quoted($0))?" },
            replacement: nearest.map { Diagnostic.Replacement(text: $0, isSafe: false) }
        )
    }

    /// Returns the action of a verb alone, such as `list`.
    private static func action(of text: String) -> String? {
        let verb = text.lowercased().split(separator: ":").last ?? ""
        return AccessAction.allCases.map(\.rawValue).first { action in
            verb.count > 2 && action.lowercased().hasPrefix("aiproviders:" + verb)
        }
    }
}
