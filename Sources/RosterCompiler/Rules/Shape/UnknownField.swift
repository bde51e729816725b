import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `unknown-field`: a key that the format does not have.
enum UnknownField: Rule {
    static let name = "unknown-field"
    static let severity = Severity.error
    static let summary = "a key that the format does not have"
    static let explanation = """
        A key that is not part of the format is most often a misspelt one, and then what its author meant does not \
        happen. Correct the spelling; what is the provider's own belongs under `config`.
        """
    static let failing = RuleExample(
        provider: RuleExample.provider.replacing("defaultModel", with: "defaultModle")
    )
    static let passing = RuleExample(provider: RuleExample.provider)

    /// Reports a key, and returns the position of the field that was probably meant.
    ///
    /// A field that is `present` already was not meant: suggesting it would make a key appear twice.
    static func report(
        _ key: YAMLNodeIndex,
        shape: RecordShape,
        in tree: borrowing YAMLTree,
        present: FieldNodes,
        _ findings: inout Findings
    ) -> Int? {
        let name = tree.text(of: key)
        let names = shape.fields.map(\.name.description)
        let meant = NearestName.find(name, among: names).flatMap { names.firstIndex(of: $0) }
            .flatMap { present.isPresent($0) ? nil : $0 }
        let nearest = meant.map { names[$0] }
        let help =
            shape == .provider
            ? "the keys are \(list(names)); what is the provider's own belongs under config"
            : "the keys are \(list(names))"
        findings.report(
            Self.self,
            at: tree[key].span,
            "\(quoted(name)) is no key of \(shape.title)",
            help: help,
            label: nearest.map { "did you mean \(quoted($0))?" },
            replacement: nearest.map { Diagnostic.Replacement(text: $0, isSafe: true) }
        )
        return meant
    }
}
