import RosterDiagnostics
import YAMLSyntax

/// `nesting-too-deep`: mappings and lists are nested more than 32 deep.
enum NestingTooDeep: Rule {
    static let name = "nesting-too-deep"
    static let severity = Severity.error
    static let summary = "mappings and lists are nested more than 32 deep"
    static let explanation = """
        Mappings and lists may be nested 32 deep, which is far more than a person can follow. Reading stopped at the place \
        shown.
        """
    static let failing = RuleExample(
        provider: RuleExample.provider
            + "config: {a: \(String(repeating: "[", count: 40))1\(String(repeating: "]", count: 40))}\n"
    )
    static let passing = RuleExample(provider: RuleExample.provider)

    static func report(limit: Int, at span: ByteSpan, _ findings: inout Findings) {
        findings.report(Self.self, at: span, "nested more than \(limit) deep", help: "make the value flatter")
    }
}
