/// Prints diagnostics as GitHub's workflow commands, which become annotations of a pull request.
enum GitHubRenderer {
    /// The number of annotations of a kind that GitHub shows for a step.
    private static let limit = 10

    static func render(_ report: Report) -> String {
        var result = ""
        for severity in [Severity.error, .warning] {
            let found = report.diagnostics.filter { $0.severity == severity }
            // When there are more, the last annotation reports their number.
            let shown = found.count > limit ? limit - 1 : found.count
            for diagnostic in found.prefix(shown) { result += command(diagnostic) }
            if found.count > shown {
                let rest = found.count - shown
                let message = "\(rest) more \(severity.rawValue)s; run roster check to see them all"
                result += WorkflowCommand.text(severity.rawValue, [("title", "roster")], message)
            }
        }
        return result
    }

    private static func command(_ diagnostic: Diagnostic) -> String {
        var properties = [("file", diagnostic.place.path)]
        if let span = diagnostic.place.span {
            properties += [("line", "\(span.line)"), ("endLine", "\(span.endLine)")]
            // GitHub refuses columns on a range of lines; its columns are inclusive.
            if span.line == span.endLine {
                properties += [("col", "\(span.column)"), ("endColumn", "\(max(span.column, span.endColumn - 1))")]
            }
        }
        properties.append(("title", diagnostic.rule))
        let text = [diagnostic.message, diagnostic.label, diagnostic.help].compactMap(\.self).joined(separator: "; ")
        return WorkflowCommand.text(diagnostic.severity.rawValue, properties, text)
    }
}
