package import RosterDiagnostics
import YAMLSyntax

/// `nesting-too-deep`: mappings and lists are nested more than 32 levels deep.
package enum NestingTooDeep: SyntaxRule {
    package static let name = "nesting-too-deep"
    package static let severity = Severity.error
    package static let summary = "mappings and lists are nested more than 32 levels deep"
    package static let explanation = """
        Mappings and lists may be nested 32 levels deep, which is far more than a person can follow. The parser \
        stopped at the reported position.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider
            + "config: {a: \(String(repeating: "[", count: 40))1\(String(repeating: "]", count: 40))}\n"
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(
        _ problem: YAMLProblem,
        _ context: SyntaxContext,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        if case .tooDeep(let limit, let span) = problem { report(limit: limit, at: span, &findings) }
    }

    private static func report(limit: Int, at span: ByteSpan, _ findings: inout Findings) {
        findings.report(Self.self, at: span, "nested more than \(limit) deep", help: "make the value flatter")
    }
}
