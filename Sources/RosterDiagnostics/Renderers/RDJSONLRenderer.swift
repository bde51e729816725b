import RosterBytes
import RosterJSON

/// Prints diagnostics in reviewdog's diagnostic format, one JSON object a line.
///
/// https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
enum RDJSONLRenderer {
    /// The most bytes of a suggested text.
    ///
    /// Reviewdog stops reading at a line of 64 KiB without an error, and JSON encodes a byte as up to six.
    private static let suggestionLimit = 4_096

    static func render(_ report: Report) -> String {
        var json = JSONWriter(.compact, escapingInvisible: true)
        for diagnostic in report.diagnostics {
            json.object { write(diagnostic, to: &$0) }
            json.endLine()
        }
        return json.text
    }

    private static func write(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
        let text = [diagnostic.message, diagnostic.label, diagnostic.help].compactMap(\.self).joined(separator: "; ")
        json.name("message")
        json.string(PrintableText.escape(text))
        json.name("location")
        json.object { json in
            json.name("path")
            json.string(diagnostic.place.path)
            json.name("range")
            json.object { writeRange(diagnostic.place.span, to: &$0) }
        }
        json.name("severity")
        json.string(diagnostic.severity == .error ? "ERROR" : "WARNING")
        json.name("source")
        json.object { json in
            json.name("name")
            json.string("roster")
        }
        json.name("code")
        json.object { json in
            json.name("value")
            json.string(diagnostic.rule)
        }
        guard let replacement = diagnostic.replacement, replacement.text.utf8.count <= suggestionLimit,
            let span = diagnostic.place.span
        else { return }
        json.name("suggestions")
        json.array { json in
            json.element()
            json.object { json in
                json.name("range")
                json.object { writeRange(span, to: &$0) }
                json.name("text")
                json.string(replacement.text)
            }
        }
    }

    /// Writes a range, whose end is exclusive; a diagnostic of a whole file is at its start, as in other formats.
    private static func writeRange(_ span: SourceSpan?, to json: inout JSONWriter) {
        json.name("start")
        json.object { writePosition(line: span?.line ?? 1, column: span?.byteColumn ?? 1, to: &$0) }
        json.name("end")
        json.object { writePosition(line: span?.endLine ?? 1, column: span?.endByteColumn ?? 1, to: &$0) }
    }

    private static func writePosition(line: Int, column: Int, to json: inout JSONWriter) {
        json.name("line")
        json.integer(line)
        json.name("column")
        json.integer(column)
    }
}
