public import RosterDiagnostics
import YAMLSyntax

/// `nesting-too-deep`: mappings and lists are nested more than 32 deep.
public enum NestingTooDeep: Rule {
    public static let name = "nesting-too-deep"
    public static let severity = Severity.error
    public static let summary = "mappings and lists are nested more than 32 deep"
    public static let explanation = """
        Mappings and lists may be nested 32 deep, which is far more than a person can follow. Reading stopped at the place \
        shown.
        """
    public static let failing = RuleExample(
        provider: RuleExample.provider
            + "config: {a: \(String(repeating: "[", count: 40))1\(String(repeating: "]", count: 40))}\n"
    )
    public static let passing = RuleExample(provider: RuleExample.provider)

    static func report(limit: Int, at span: ByteSpan, _ findings: inout Findings) {
        findings.report(Self.self, at: span, "nested more than \(limit) deep", help: "make the value flatter")
    }
}
