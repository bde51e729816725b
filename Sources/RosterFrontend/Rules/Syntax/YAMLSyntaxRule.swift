import RosterBytes
package import RosterDiagnostics
import YAMLSyntax

/// `yaml-syntax`: the file is not valid YAML, or different parsers read it differently.
package enum YAMLSyntaxRule: SyntaxRule {
    package static let name = "yaml-syntax"
    package static let severity = Severity.error
    package static let summary = "the file is not valid YAML"
    package static let explanation = """
        The file is not valid YAML, so nothing else in it was checked. The reported position is where the parser \
        stopped; the mistake is there or shortly before it. Common causes are an unclosed bracket or quote, a tab that \
        is used for indentation, and a line that is indented too far or not far enough. Each unresolved merge conflict \
        is reported at its first line, and no other problem of such a file is reported. YAML that some parsers accept \
        and others refuse or read differently is refused too: a reviewer's viewer, a linter and Roster must see the \
        same values.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("gpt-5.6\n", with: "[gpt-5.6\n")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(
        _ problem: YAMLProblem,
        _ context: SyntaxContext,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        let (mask, shape) = (context.mask, context.shape)
        switch problem {
        case .syntax(let problem, let span, let context, let contextSpan):
            report(problem: problem, at: span, context: context, contextAt: contextSpan, &findings)
        case .mistake(let mistake, let span):
            report(mistake, at: span, in: tree, hiding: mask, shape: shape, &findings)
        case .conflict(let conflict): report(conflict, in: tree, path: context.path, &findings)
        case .layout(let layout, let span):
            report(layout, at: span, in: tree, hiding: mask, shape: shape, &findings)
        case .duplicateKey, .anotherDocument, .unsupported, .tooDeep: break
        }
    }

    /// Reports the place where libyaml stopped, with a message for users.
    static func report(
        problem: String,
        at span: ByteSpan,
        context: String?,
        contextAt: ByteSpan?,
        _ findings: inout Findings
    ) {
        var related: [(message: String, place: Finding.Place)] = []
        if let contextAt, contextAt != span, let context {
            related.append((sentence(forContext: context), .file(findings.file, contextAt)))
        }
        let (message, help) = sentence(forProblem: problem)
        findings.report(Self.self, at: span, message, help: help, related: related)
    }

    private static func sentence(forContext context: String) -> String {
        for (words, sentence) in contexts where context.contains(words) { return sentence }
        return context
    }

    private static func sentence(forProblem problem: String) -> (message: String, help: String?) {
        for (words, message, help) in problems where problem.contains(words) { return (message, help) }
        return ("the file is not YAML here: \(problem)", nil)
    }

    private static let contexts = [
        ("block mapping", "in the mapping that starts here"),
        ("block collection", "in the list that starts here"),
        ("flow mapping", "in the { … } that starts here"),
        ("flow sequence", "in the [ … ] that starts here"),
        ("quoted scalar", "in the quoted text that starts here"),
        ("simple key", "in the key that starts here"),
        ("block scalar", "in the block of text that starts here"),
        ("plain scalar", "in the text that starts here"),
        ("next token", "reading from here"),
    ]

    private static let problems: [(words: String, message: String, help: String?)] = [
        (
            "did not find expected key", "expected another key, indented like those above it",
            "check the indentation, and quote a value that starts with a bracket, a quote or one of & * ! | > % @ `"
        ),
        ("did not find expected '-' indicator", "expected another \"- \" entry, indented like those above it", nil),
        ("did not find expected ',' or ']'", "expected \",\" or \"]\"", "close the list with \"]\""),
        ("did not find expected ',' or '}'", "expected \",\" or \"}\"", "close the mapping with \"}\""),
        ("did not find expected node content", "expected a value", nil),
        (
            "did not find expected <document start>", "expected the end of the file, or a mapping of keys and values",
            nil
        ),
        (
            "could not find expected ':'", "expected \":\" after this key",
            "a line of a mapping is \"key: value\", with a space after the colon"
        ),
        (
            "mapping values are not allowed", "\": \" is not allowed here",
            "quote a value that has \": \" in it, and begin each key on its own line"
        ),
        (
            "cannot start any token", "no value can start with this character",
            "quote the value; indent with spaces, never with tabs"
        ),
        ("unexpected end of stream", "the file ends inside quotes", "close the quotes"),
        ("found unexpected document indicator", "a line of \"---\" or \"...\" is not allowed inside quotes", nil),
        (
            "unknown escape character", "this is not an escape in double quotes",
            "write \\\\ for a backslash, or use single quotes"
        ),
        ("did not find expected hexdecimal number", "expected hex digits after the escape", nil),
        ("found a tab character", "a tab is not allowed where spaces indent", "indent with spaces"),
        ("tab character", "a tab is not allowed where spaces indent", "indent with spaces"),
        ("block sequence entries are not allowed", "\"- \" is not allowed here", "begin the list on the next line"),
        ("block mapping keys", "a key is not allowed here", nil),
        ("did not find expected comment or line break", "expected the end of the line", nil),
        ("found undefined tag handle", "tags are not part of the format", nil),
        ("alphabetic or numeric character", "expected a name after & or *", "quote a value that starts with & or *"),
        ("found extra characters", "expected nothing more on this line", nil),
        ("URI", "tags are not part of the format", "quote a value that starts with !"),
        ("expected whitespace or line break", "expected a space or the end of the line", nil),
        ("found duplicate %", "directives are not part of the format", "delete the line"),
        ("directive", "directives are not part of the format", "delete the lines that start with %"),
    ]
}
