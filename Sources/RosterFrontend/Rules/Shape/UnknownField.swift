package import RosterDiagnostics

/// `unknown-field`: a key that the format does not have.
package enum UnknownField: Rule {
    package static let name = "unknown-field"
    package static let severity = Severity.error
    package static let summary = "a key that the format does not have"
    package static let explanation = """
        A key that is not part of the format is usually misspelt, or it is another program's name for the setting, \
        such as `model` for `defaultModel` or `api_base` for `baseUrl`. It has no effect. Correct the name; the \
        provider's own settings belong under `config`. An API key is never written into a file: `roster secret set` \
        seals it.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("defaultModel", with: "model")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)
}
