import RosterDiagnostics
import YAMLSyntax

/// `multiple-documents`: more than one YAML document in a file.
enum MultipleDocuments: Rule {
    static let name = "multiple-documents"
    static let severity = Severity.error
    static let summary = "a file has more than one YAML document"
    static let explanation = """
        A file holds one record. A line of "---" starts a second document, which many readers pass over without a \
        word; nothing behind it was checked. Put each record into a file of its own.
        """
    static let failing = RuleExample(provider: RuleExample.provider + "---\nname: another\n")
    static let passing = RuleExample(provider: RuleExample.provider)

    static func report(at span: ByteSpan, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: span,
            "a second YAML document starts here",
            help: "put each record into a file of its own"
        )
    }
}
