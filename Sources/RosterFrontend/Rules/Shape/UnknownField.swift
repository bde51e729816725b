package import RosterDiagnostics

/// `unknown-field`: a key that the format does not have.
package enum UnknownField: Rule {
    package static let name = "unknown-field"
    package static let severity = Severity.error
    package static let summary = "a key that the format does not have"
    package static let explanation = """
        A key that is not part of the format is most often a misspelt one, or another program's word for it, such as \
        `model` for `defaultModel` or `api_base` for `baseUrl`; then what its author meant does not happen. Correct the \
        name; settings of the provider's own belong under `config`. A key for an API is never written into a file: \
        `roster secret set` seals it.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("defaultModel", with: "model")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)
}
