import RosterBytes
import RosterJSON

/// Prints diagnostics as SARIF 2.1.0 (OASIS), for code scanning.
enum SARIFRenderer {
    static func render(_ report: Report) -> String {
        var json = JSONWriter(.pretty, escapingInvisible: true)
        json.object { json in
            json.name("$schema")
            json.string("https://json.schemastore.org/sarif-2.1.0.json")
            json.name("version")
            json.string("2.1.0")
            json.name("runs")
            json.array { json in
                json.element()
                json.object { writeRun(report, to: &$0) }
            }
        }
        json.endLine()
        return json.text
    }

    private static func writeRun(_ report: Report, to json: inout JSONWriter) {
        json.name("tool")
        json.object { json in
            json.name("driver")
            json.object { json in
                json.name("name")
                json.string("Roster")
                json.name("version")
                json.string(report.toolVersion)
                json.name("rules")
                json.array(of: report.rules) { rule, json in
                    json.object { write(rule, to: &$0) }
                }
            }
        }
        json.name("columnKind")
        json.string("unicodeCodePoints")
        json.name("results")
        json.array { json in
            var fingerprints = FingerprintMaker()
            for diagnostic in report.diagnostics {
                json.element()
                let fingerprint = fingerprints.fingerprint(of: diagnostic)
                json.object { write(diagnostic, report.rules, fingerprint, to: &$0) }
            }
        }
    }

    private static func write(_ rule: Report.RuleDescription, to json: inout JSONWriter) {
        json.name("id")
        json.string(rule.name)
        writeText("shortDescription", rule.summary, to: &json)
        writeText("fullDescription", rule.explanation, to: &json)
        let example = rule.isInCatalogue ? " Run roster explain \(rule.name) for an example." : ""
        writeText("help", rule.explanation + example, to: &json)
        json.name("defaultConfiguration")
        json.object { json in
            json.name("level")
            json.string(rule.severity.rawValue)
        }
    }

    private static func write(
        _ diagnostic: Diagnostic,
        _ rules: [Report.RuleDescription],
        _ fingerprint: String,
        to json: inout JSONWriter
    ) {
        json.name("ruleId")
        json.string(diagnostic.rule)
        if let index = rules.firstIndex(where: { $0.name == diagnostic.rule }) {
            json.name("ruleIndex")
            json.integer(index)
        }
        json.name("level")
        json.string(diagnostic.severity.rawValue)
        let message = [diagnostic.message, diagnostic.label, diagnostic.help].compactMap(\.self).joined(separator: "; ")
        writeText("message", message, isMessage: true, to: &json)
        json.name("locations")
        json.array { json in
            json.element()
            json.object { writeLocation(diagnostic.place, to: &$0) }
        }
        if !diagnostic.related.isEmpty {
            json.name("relatedLocations")
            json.array { json in
                for (index, related) in diagnostic.related.enumerated() {
                    json.element()
                    json.object { json in
                        json.name("id")
                        json.integer(index)
                        writeLocation(related.place, to: &json)
                        writeText("message", related.message, isMessage: true, to: &json)
                    }
                }
            }
        }
        json.name("partialFingerprints")
        json.object { json in
            json.name("rosterFinding/v1")
            json.string(fingerprint)
        }
        if let replacement = diagnostic.replacement, let span = diagnostic.place.span {
            json.name("fixes")
            json.array { json in
                json.element()
                json.object { writeFix(replacement, diagnostic.place.path, span, to: &$0) }
            }
        }
    }

    private static func writeFix(
        _ replacement: Diagnostic.Replacement,
        _ path: String,
        _ span: SourceSpan,
        to json: inout JSONWriter
    ) {
        writeText("description", "write \(replacement.text)", isMessage: true, to: &json)
        json.name("artifactChanges")
        json.array { json in
            json.element()
            json.object { json in
                writeArtifact(path, to: &json)
                json.name("replacements")
                json.array { json in
                    json.element()
                    json.object { json in
                        json.name("deletedRegion")
                        json.object { writeRegion(span, to: &$0) }
                        writeText("insertedContent", replacement.text, to: &json)
                    }
                }
            }
        }
    }

    private static func writeLocation(_ place: Diagnostic.Place, to json: inout JSONWriter) {
        json.name("physicalLocation")
        json.object { json in
            writeArtifact(place.path, to: &json)
            guard let span = place.span else { return }
            json.name("region")
            json.object { writeRegion(span, to: &$0) }
        }
    }

    private static func writeArtifact(_ path: String, to json: inout JSONWriter) {
        json.name("artifactLocation")
        json.object { json in
            json.name("uri")
            // A relative URI (RFC 3986).
            json.string(PercentEncoding.encode(path.utf8, except: .path))
            json.name("uriBaseId")
            json.string("%SRCROOT%")
        }
    }

    private static func writeRegion(_ span: SourceSpan, to json: inout JSONWriter) {
        let numbers: [(StaticString, Int)] = [
            ("startLine", span.line), ("startColumn", span.column), ("endLine", span.endLine),
            ("endColumn", span.endColumn), ("byteOffset", span.byteOffset), ("byteLength", span.byteLength),
        ]
        for (name, number) in numbers {
            json.name(name)
            json.integer(number)
        }
    }

    private static func writeText(
        _ name: StaticString,
        _ text: String,
        isMessage: Bool = false,
        to json: inout JSONWriter
    ) {
        json.name(name)
        json.object { json in
            json.name("text")
            json.string(isMessage ? escaped(text) : text)
        }
    }

    /// Escapes the brackets of a message, which would make a link as `[text](target)`.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in PrintableText.escape(text).unicodeScalars {
            if scalar == "[" || scalar == "]" || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
