import RosterJSON

/// Prints diagnostics as one JSON document of version 1.
enum JSONRenderer {
    static func render(_ report: Report) -> String {
        var json = JSONWriter(.pretty, escapingInvisible: true)
        json.object { json in
            json.name("version")
            json.integer(1)
            json.name("diagnostics")
            json.array(of: report.diagnostics) { diagnostic, json in
                json.diagnostic(diagnostic)
            }
            json.name("summary")
            json.object { json in
                let summary = report.summary
                json.name("errors")
                json.integer(summary.errors)
                json.name("warnings")
                json.integer(summary.warnings)
                json.name("projects")
                json.integer(summary.projects)
                json.name("providers")
                json.integer(summary.providers)
                json.name("secrets")
                json.integer(summary.secrets)
                if let files = report.reportedFiles {
                    json.name("files")
                    json.strings(files)
                }
            }
        }
        json.endLine()
        return json.text
    }
}
