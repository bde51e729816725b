package import RosterDiagnostics

/// A diagnostic on a page: its message, its place, the line of the file, and the advice.
package enum DiagnosticArticle {
    /// Returns the markup of a diagnostic.
    package static func contents(_ diagnostic: Diagnostic) -> HTML {
        let isError = diagnostic.severity == .error
        let badge: HTML =
            "<span class=\"b \(constant: isError ? "bad" : "warn")\">\(diagnostic.severity.rawValue)</span>"
        let help: HTML? = diagnostic.help.map { "<p>Help: \($0)</p>" }
        return """
            <article><h3>\(badge) <bdi>\(diagnostic.message)</bdi></h3>\
            <p><code>\(position(of: diagnostic.place))</code> <small>\(diagnostic.rule)</small></p>\
            \(lines(of: diagnostic))\(help)</article>

            """
    }

    private static func position(of place: Diagnostic.Place) -> String {
        place.path + (place.span.map { ":\($0.line):\($0.column)" } ?? "")
    }

    /// Returns the lines of the file and of related places; nil without any.
    private static func lines(of diagnostic: Diagnostic) -> HTML? {
        var lines: [HTML] = []
        if let excerpt = excerpt(of: diagnostic.place, "^", label: diagnostic.label) { lines.append(excerpt) }
        for related in diagnostic.related {
            lines.append("<i>\(related.message), \(position(of: related.place))</i>\n")
            if let excerpt = excerpt(of: related.place, "-", label: nil) { lines.append(excerpt) }
        }
        return lines.isEmpty ? nil : "<div class=code><pre tabindex=0>\(lines)</pre></div>"
    }

    private static func excerpt(of place: Diagnostic.Place, _ mark: String, label: String?) -> HTML? {
        guard let span = place.span, let excerpt = place.excerpt else { return nil }
        let line = ExcerptLine(excerpt)
        let number = String(span.line)
        let blank = String(repeating: " ", count: number.utf8.count)
        let indent = String(repeating: " ", count: line.caretColumn)
        let marks = String(repeating: mark, count: line.caretWidth)
        return """
            <i>\(number) |</i> \(line.text)
            <i>\(blank) |</i> \(indent)<b>\(marks)\(label.map { " \($0)" } ?? "")</b>

            """
    }
}
