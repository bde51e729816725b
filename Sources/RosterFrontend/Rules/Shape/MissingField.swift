package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `missing-field`: a required key is missing.
package enum MissingField: Rule {
    package static let name = "missing-field"
    package static let severity = Severity.error
    package static let summary = "a required key is missing"
    package static let explanation = """
        A record cannot be used without its required keys. Add the key. For a provider without an id, `roster check` \
        offers a new one, and `roster check --fix` writes it. The ids of secrets, and of projects with secrets, are \
        sealed into the boxes: restore the id that the record had.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("defaultModel: gpt-5.6\n", with: "")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func report(
        _ field: FieldSpec,
        of shape: RecordShape,
        mapping: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        findings.report(
            Self.self,
            at: tree.firstKeySpan(of: mapping),
            "\(shape.title) needs the key \(quoted(field.name.description))",
            help: "add \(quoted("\(field.name): …")): \(field.summary)",
            freshID: field.type.recordKind.map { FreshID($0, insertedInto: mapping, in: tree) }
        )
    }

    /// Reports a file that holds nothing.
    static func reportEmpty(_ shape: RecordShape, _ findings: inout Findings) {
        let names = shape.fields.filter(\.isRequired).map(\.name.description)
        findings.report(
            Self.self,
            at: ByteSpan(0..<0),
            "the file is empty",
            help: "\(shape.title) needs the keys \(list(names))"
        )
    }
}
