import RosterBytes
import RosterJSON

/// Prints diagnostics as a Code Quality report, which GitLab shows in merge requests.
enum GitLabRenderer {
    static func render(_ report: Report) -> String {
        var json = JSONWriter(.pretty, escapingInvisible: true)
        json.array { json in
            var fingerprints = FingerprintMaker()
            for diagnostic in report.diagnostics {
                json.element()
                let fingerprint = fingerprints.fingerprint(of: diagnostic)
                json.object { write(diagnostic, fingerprint, to: &$0) }
            }
        }
        json.endLine()
        return json.text
    }

    private static func write(_ diagnostic: Diagnostic, _ fingerprint: String, to json: inout JSONWriter) {
        let text = [diagnostic.message, diagnostic.label, diagnostic.help].compactMap(\.self).joined(separator: "; ")
        json.name("description")
        json.string(PrintableText.escape(text))
        json.name("check_name")
        json.string(diagnostic.rule)
        json.name("fingerprint")
        json.string(fingerprint)
        json.name("severity")
        json.string(diagnostic.severity == .error ? "major" : "minor")
        json.name("location")
        json.object { json in
            json.name("path")
            json.string(diagnostic.place.path)
            json.name("lines")
            json.object { json in
                json.name("begin")
                json.integer(diagnostic.place.span?.line ?? 1)
            }
        }
    }
}
