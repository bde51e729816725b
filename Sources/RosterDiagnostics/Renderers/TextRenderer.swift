import RosterBytes

/// Prints diagnostics for people: message, place, source line with carets, help.
struct TextRenderer {
    private let options: RenderOptions

    init(_ options: RenderOptions) { self.options = options }

    func render(_ report: Report) -> String {
        var result = ""
        for diagnostic in report.diagnostics { result += render(diagnostic) + "\n" }
        if !options.isQuiet { result += summary(report.summary, of: report.reportedFiles) + "\n" }
        return result
    }

    private func render(_ diagnostic: Diagnostic) -> String {
        let places = [diagnostic.place] + diagnostic.related.map(\.place)
        let gutter = 1 + (places.compactMap { $0.span.map { String($0.line).count } }.max() ?? 1)
        let tint: Style = diagnostic.severity == .error ? .error : .warning
        var result = styled("\(diagnostic.severity.rawValue)[\(diagnostic.rule)]", tint)
        result += styled(": " + printable(diagnostic.message), .strong) + "\n"
        result += frame(diagnostic.place, label: diagnostic.label, caret: "^", tint: tint, gutter: gutter)
        for related in diagnostic.related {
            result += blankGutter(gutter) + "\n"
            result += String(repeating: " ", count: gutter) + styled(" = ", .frame) + styled("note", .strong)
            result += ": \(printable(related.message))\n"
            result += frame(related.place, label: nil, caret: "-", tint: .frame, gutter: gutter)
        }
        if let help = diagnostic.help {
            if diagnostic.place.excerpt != nil { result += blankGutter(gutter) + "\n" }
            result += String(repeating: " ", count: gutter) + styled(" = ", .frame) + styled("help", .strong)
            result += ": \(printable(help))\n"
        }
        return result
    }

    /// Returns the place and its source line.
    private func frame(_ place: Diagnostic.Place, label: String?, caret: String, tint: Style, gutter: Int) -> String {
        let indent = String(repeating: " ", count: gutter)
        var result = indent + styled("--> ", .frame) + printable(place.path)
        guard let span = place.span else { return result + "\n" }
        result += ":\(span.line):\(span.column)\n"
        guard let excerpt = place.excerpt else { return result }
        let line = ExcerptLine(excerpt)
        let number = String(repeating: " ", count: gutter - String(span.line).count) + String(span.line)
        result += blankGutter(gutter) + "\n"
        result += styled(number + " | ", .frame) + breakingCommands(line.text) + "\n"
        result += styled(indent + " | ", .frame) + String(repeating: " ", count: line.caretColumn)
        result += styled(String(repeating: caret, count: line.caretWidth), tint)
        if let label { result += styled(" " + printable(label), tint) }
        return result + "\n"
    }

    private func blankGutter(_ width: Int) -> String { styled(String(repeating: " ", count: width) + " |", .frame) }

    private func summary(_ summary: Report.Summary, of files: [String]?) -> String {
        func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
        var found: [String] = []
        if summary.errors > 0 { found.append(styled(count(summary.errors, "error"), .error)) }
        if summary.warnings > 0 { found.append(styled(count(summary.warnings, "warning"), .warning)) }
        if found.isEmpty { found.append(styled("no problems", .good)) }
        return "checked \(count(summary.providers, "provider")) and \(count(summary.secrets, "secret")) "
            + "in \(count(summary.projects, "project"))"
            + (files.map { ", reporting on \(count($0.count, "file"))" } ?? "") + ": \(found.joined(separator: ", "))"
    }

    private func printable(_ text: String) -> String { breakingCommands(PrintableText.escape(text)) }

    private func breakingCommands(_ text: String) -> String {
        options.breaksWorkflowCommands ? PrintableText.escape(text, breakingCommands: true) : text
    }

    private enum Style: String {
        case error = "1;31"
        case warning = "1;33"
        case strong = "1"
        case frame = "1;34"
        case good = "1;32"
    }

    private func styled(_ text: String, _ style: Style) -> String {
        options.useColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}
