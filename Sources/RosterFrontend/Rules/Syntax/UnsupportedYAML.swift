package import RosterDiagnostics
import YAMLSyntax

/// `unsupported-yaml`: a part of YAML that the format leaves out.
package enum UnsupportedYAML: SyntaxRule {
    package static let name = "unsupported-yaml"
    package static let severity = Severity.error
    package static let summary =
        "an anchor, alias, merge key, tag, directive, \"? \" key, or a key that is not a string"
    package static let explanation = """
        Every value is written where it is used, so that a file can be read from top to bottom. Anchors, aliases and \
        merge keys refer to other parts of the file; tags and directives change how text is parsed; "? " keys, and \
        keys that are numbers, lists or null, are read differently by different programs. Write the value out where it \
        is used.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("name: GPT", with: "name: &label GPT")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(
        _ problem: YAMLProblem,
        _ context: SyntaxContext,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        guard case .unsupported(let construct, let span) = problem else { return }
        report(construct, at: span, in: tree, hiding: context.mask, &findings)
    }

    private static func report(
        _ construct: YAMLProblem.Construct,
        at span: ByteSpan,
        in tree: borrowing YAMLTree,
        hiding mask: KeyMask,
        _ findings: inout Findings
    ) {
        let line = CorrectedLine(at: Int(span.start), of: tree.source, hiding: mask)
        let (what, help) = words(for: construct, line.quotingRest(from: Int(span.start)))
        findings.report(Self.self, at: span, "\(what) not part of the format", help: help)
    }

    private static func words(for construct: YAMLProblem.Construct, _ quotedLine: String) -> (String, String) {
        switch construct {
        case .anchor:
            ("anchors (\"&name\") are", "delete the anchor; a value that starts with \"&\" is quoted: \(quotedLine)")
        case .alias:
            ("aliases (\"*name\") are", "write the value out; a value that starts with \"*\" is quoted: \(quotedLine)")
        case .mergeKey: ("merge keys (\"<<\") are", "delete the line, and write the keys that it adds")
        case .tag: ("tags (\"!name\") are", "delete the tag; a value that starts with \"!\" is quoted: \(quotedLine)")
        case .directive: ("directives (\"%NAME\") are", "delete the line")
        case .explicitKey: ("\"? \" before a key is", "write \"key: value\"")
        case .template:
            ("templates (\"{{ … }}\") are", "write the value out; a text with braces is quoted: \(quotedLine)")
        case .keyIsNoString: ("a key that is not a string is", "quote the key")
        case .keyIsNoScalar: ("a list or mapping as a key is", "write a text as the key")
        }
    }
}
