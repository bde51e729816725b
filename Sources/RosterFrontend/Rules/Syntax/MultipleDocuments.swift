package import RosterDiagnostics
import YAMLSyntax

/// `multiple-documents`: more than one YAML document in a file.
package enum MultipleDocuments: SyntaxRule {
    package static let name = "multiple-documents"
    package static let severity = Severity.error
    package static let summary = "a file has more than one YAML document"
    package static let explanation = """
        A file holds one record. A line of "---" starts a second document, which many parsers ignore silently; nothing \
        after that line was checked. Put each record into its own file.
        """
    package static let failing = RuleExample(provider: RuleExample.provider + "---\nname: another\n")
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(
        _ problem: YAMLProblem,
        _ context: SyntaxContext,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        if case .anotherDocument(let span) = problem { report(at: span, in: tree, &findings) }
    }

    private static func report(at span: ByteSpan, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let isAlone = tree.nodes.allSatisfy(\.span.isEmpty) || isEmpty(tree.source[Int(span.end)...])
        findings.report(
            Self.self,
            at: span,
            "a second YAML document starts here",
            help: isAlone ? "delete the line" : "put each record into its own file"
        )
    }

    /// Returns whether a part of a file holds only blank lines, comments and document markers.
    private static func isEmpty(_ rest: ArraySlice<UInt8>) -> Bool {
        rest.split(separator: UInt8(ascii: "\n")).allSatisfy { line in
            let text = line.drop { $0 == 0x20 || $0 == 0x0D }
            return text.isEmpty || text.first == UInt8(ascii: "#") || text.starts(with: "---".utf8)
                || text.starts(with: "...".utf8)
        }
    }
}
