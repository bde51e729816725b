import RosterBytes

/// Prints diagnostics as JUnit's XML: one test case for each file, which fails when the file has an error.
enum JUnitRenderer {
    static func render(_ report: Report) -> String {
        var byPath: [String: [Diagnostic]] = [:]
        for diagnostic in report.diagnostics { byPath[diagnostic.place.path, default: []].append(diagnostic) }
        // A diagnostic can be about a path that was not read: a folder, or a file with an invalid name.
        let paths = Set(report.files).union(byPath.keys)
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let failures = paths.count { path in byPath[path]?.contains { $0.severity == .error } ?? false }
        let counts = "tests=\"\(paths.count)\" failures=\"\(failures)\" errors=\"0\""
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        xml += "<testsuites name=\"roster check\" \(counts)>\n"
        xml += "  <testsuite name=\"roster check\" \(counts) skipped=\"0\">\n"
        for path in paths { xml += testCase(path, byPath[path] ?? []) }
        return xml + "  </testsuite>\n</testsuites>\n"
    }

    private static func testCase(_ path: String, _ diagnostics: [Diagnostic]) -> String {
        let head = "    <testcase classname=\"roster\" name=\"\(escaped(path))\" file=\"\(escaped(path))\""
        guard !diagnostics.isEmpty else { return head + "/>\n" }
        var xml = head + ">\n"
        let errors = diagnostics.filter { $0.severity == .error }
        if let first = errors.first {
            let more = errors.count > 1 ? " (and \(errors.count - 1) more)" : ""
            xml += "      <failure type=\"\(escaped(first.rule))\" message=\"\(escaped(first.message + more))\">"
            xml += escaped(errors.map(line).joined(separator: "\n")) + "</failure>\n"
        }
        let warnings = diagnostics.filter { $0.severity == .warning }
        if !warnings.isEmpty {
            xml += "      <system-out>\(escaped(warnings.map(line).joined(separator: "\n")))</system-out>\n"
        }
        return xml + "    </testcase>\n"
    }

    private static func line(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.place.span.map { ":\($0.line):\($0.column)" } ?? ""
        let help = diagnostic.help.map { " (help: \($0))" } ?? ""
        return "\(diagnostic.place.path)\(place): \(diagnostic.severity.rawValue)[\(diagnostic.rule)]: "
            + PrintableText.escape(diagnostic.message + help)
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result += "&#10;"
            // XML 1.0 has no way to write the other control characters and the noncharacters.
            case "\u{FFFE}", "\u{FFFF}": result += "\\u{\(String(scalar.value, radix: 16))}"
            default:
                result += PrintableText.isUnprintable(scalar) ? PrintableText.escape(String(scalar)) : String(scalar)
            }
        }
        return result
    }
}
