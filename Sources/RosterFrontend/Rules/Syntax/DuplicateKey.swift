package import RosterDiagnostics
import YAMLSyntax

/// `duplicate-key`: a mapping has a key twice.
package enum DuplicateKey: SyntaxRule {
    package static let name = "duplicate-key"
    package static let severity = Severity.error
    package static let summary = "a mapping has a key twice"
    package static let explanation = """
        YAML parsers differ in which of two equal keys they use, so a reviewer cannot know which value takes effect. \
        Delete one of the two.
        """
    package static let failing = RuleExample(provider: RuleExample.provider + "defaultModel: gpt-5.4-mini\n")
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(
        _ problem: YAMLProblem,
        _ context: SyntaxContext,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        guard case .duplicateKey(let first, let second) = problem else { return }
        report(first: first, second: second, in: tree, &findings)
    }

    private static func report(
        first: ByteSpan,
        second: ByteSpan,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        let key = String(decoding: tree.source[second.range], as: UTF8.self)
        findings.report(
            Self.self,
            at: second,
            "the key \(key.first == "\"" || key.first == "'" ? key : quoted(key)) appears twice",
            help: "delete one of the two",
            related: [("the first one", .file(findings.file, first))]
        )
    }
}
