/// Prints diagnostics as one JSON document of version 1.
enum JSONRenderer {
    static func render(_ report: Report) -> String {
        var json = JSONWriter(.pretty, escapingInvisible: true)
        json.object { json in
            json.name("version")
            json.integer(1)
            json.name("diagnostics")
            json.array { json in
                for diagnostic in report.diagnostics {
                    json.element()
                    write(diagnostic, to: &json)
                }
            }
            json.name("summary")
            json.object { json in
                let summary = report.summary
                write("errors", summary.errors, to: &json)
                write("warnings", summary.warnings, to: &json)
                write("projects", summary.projects, to: &json)
                write("providers", summary.providers, to: &json)
                write("secrets", summary.secrets, to: &json)
            }
        }
        json.endLine()
        return json.text
    }

    private static func write(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
        let span = diagnostic.place.span
        json.object { json in
            json.name("rule")
            json.string(diagnostic.rule)
            json.name("severity")
            json.string(diagnostic.severity.rawValue)
            json.name("message")
            json.string(diagnostic.message)
            json.name("path")
            json.string(diagnostic.place.path)
            write("line", span?.line, to: &json)
            write("column", span?.column, to: &json)
            write("endLine", span?.endLine, to: &json)
            write("endColumn", span?.endColumn, to: &json)
            write("byteOffset", span?.byteOffset, to: &json)
            write("byteLength", span?.byteLength, to: &json)
            json.name("help")
            json.string(diagnostic.help)
            json.name("replacement")
            json.string(diagnostic.replacement?.text)
            json.name("related")
            json.array { json in
                for related in diagnostic.related {
                    json.element()
                    json.object { json in
                        json.name("message")
                        json.string(related.message)
                        json.name("path")
                        json.string(related.place.path)
                        write("line", related.place.span?.line, to: &json)
                        write("column", related.place.span?.column, to: &json)
                    }
                }
            }
        }
    }

    private static func write(_ name: StaticString, _ number: Int?, to json: inout JSONWriter) {
        json.name(name)
        json.integer(number)
    }
}
