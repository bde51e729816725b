import Foundation
import FoundationXML
import RosterDiagnostics
import Testing

/// Each format's exact output is a file under `Goldens/`; `ROSTER_RECORD=1` records them, and still fails.
@Suite("Renderers")
struct RendererTests {
    private static let reports = [
        ("all", SampleReport.all), ("clean", SampleReport.clean), ("many", SampleReport.many),
    ]

    @Test("Every format matches its golden file", arguments: OutputFormat.allCases)
    func goldens(format: OutputFormat) throws {
        for (name, report) in Self.reports {
            try expect(render(report, as: format), in: "\(name).\(format.rawValue)")
        }
    }

    @Test("Resets every colour")
    func colours() throws {
        let text = render(SampleReport.all, as: .text, options: RenderOptions(useColor: true))
        try expect(text, in: "all.coloured.text")
        let plain = text.replacing(/\u{1b}\[[0-9;]*m/, with: "")
        #expect(plain == render(SampleReport.all, as: .text))
    }

    @Test("Quiet text has only the diagnostics")
    func quiet() {
        let quiet = RenderOptions(isQuiet: true)
        #expect(render(SampleReport.clean, as: .text, options: quiet) == "")
        #expect(!render(SampleReport.all, as: .text, options: quiet).contains("checked "))
    }

    @Test("No format lets through a character that can hide or move text", arguments: OutputFormat.allCases)
    func hostile(format: OutputFormat) {
        let text = render(SampleReport.all, as: format, options: RenderOptions(breaksWorkflowCommands: true))
        for scalar in ["\u{1b}", "\u{202e}", "\u{200b}", "\u{0}", "\r"] { #expect(!text.contains(scalar)) }
    }

    @Test("Text on GitHub contains no workflow command of a file")
    func workflowCommands() {
        let text = render(SampleReport.all, as: .text, options: RenderOptions(breaksWorkflowCommands: true))
        #expect(!text.contains("##["))
        #expect(!text.split(whereSeparator: \.isNewline).contains { $0.drop { $0 == " " }.hasPrefix("::") })
    }

    @Test("GitHub's commands are one for each line, errors first, ten of each kind, of which the tenth counts the rest")
    func github() {
        let lines = render(SampleReport.many, as: .github).split(separator: "\n")
        #expect(lines.count == 20)
        #expect(lines.prefix(10).allSatisfy { $0.hasPrefix("::error") })
        #expect(lines.dropFirst(10).allSatisfy { $0.hasPrefix("::warning") })
        #expect(lines[9].contains("2 more") && lines[19].contains("3 more"))
        let hostile = render(SampleReport.all, as: .github).split(separator: "\n")
        #expect(hostile.count == SampleReport.diagnostics.count)
        #expect(hostile.allSatisfy { $0.hasPrefix("::error ") || $0.hasPrefix("::warning ") })
    }

    @Test("JSON has every member, null for a missing value")
    func json() throws {
        let json = try parse(SampleReport.all, as: .json)
        let document = try #require(json as? [String: Any])
        #expect(document["version"] as? Int == 1)
        #expect((document["summary"] as? [String: Int])?["errors"] == 3)
        let diagnostics = try #require(document["diagnostics"] as? [[String: Any]])
        #expect(diagnostics.count == 4)
        for diagnostic in diagnostics {
            #expect(
                Set(diagnostic.keys) == [
                    "rule", "severity", "message", "path", "line", "column", "endLine", "endColumn", "byteOffset",
                    "byteLength", "help", "replacement", "related",
                ]
            )
        }
        #expect(diagnostics.contains { $0["line"] is NSNull && $0["help"] is NSNull })
    }

    @Test("Reviewdog's format is one object a line, with positions in bytes and suggestions")
    func rdjsonl() throws {
        let lines = render(SampleReport.all, as: .rdjsonl).split(separator: "\n")
        #expect(lines.count == SampleReport.diagnostics.count)
        #expect(render(SampleReport.clean, as: .rdjsonl) == "")
        for line in lines {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let keys: Set = ["message", "location", "severity", "source", "code"]
            #expect(Set(object.keys).subtracting(["suggestions"]) == keys)
            #expect(["ERROR", "WARNING"].contains(object["severity"] as? String))
            #expect(object["source"] as? [String: String] == ["name": "roster"])
            let location = try #require(object["location"] as? [String: Any])
            let range = try #require(location["range"] as? [String: [String: Int]])
            #expect(range.keys.sorted() == ["end", "start"])
            for suggestion in object["suggestions"] as? [[String: Any]] ?? [] {
                #expect(suggestion["range"] as? [String: [String: Int]] == range)
                #expect(suggestion["text"] is String)
            }
        }
        let hostile = try #require(lines.first { $0.contains("invalid-value") })
        #expect(hostile.contains(#""range":{"start":{"line":12,"column":5},"end":{"line":14,"column":4}}"#))
    }

    @Test("A line of reviewdog's format is not longer than reviewdog reads")
    func rdjsonlLimit() throws {
        var report = SampleReport.all
        let index = try #require(report.diagnostics.firstIndex { $0.replacement != nil })
        for (count, isKept) in [(4_096, true), (4_097, false)] {
            let text = String(repeating: "\u{1}", count: count)
            report.diagnostics[index].replacement = Diagnostic.Replacement(text: text, isSafe: true)
            let line = render(report, as: .rdjsonl).split(separator: "\n")[index]
            #expect(line.utf8.count < 65_536)
            #expect(line.contains("suggestions") == isKept)
        }
    }

    @Test("JUnit is XML with a test case for each file, failed when it has errors")
    func junit() throws {
        let cases = CaseCounter()
        for (_, report) in Self.reports {
            let parser = XMLParser(data: Data(render(report, as: .junit).utf8))
            parser.delegate = cases
            #expect(parser.parse(), "\(String(describing: parser.parserError))")
        }
        #expect(cases.failures > 0 && cases.cases > cases.failures)
    }

    @Test("A diagnostic keeps its fingerprint when its line moves, and differs from others")
    func fingerprints() throws {
        func prints(_ diagnostics: [Diagnostic], _ format: OutputFormat) throws -> [String] {
            var report = SampleReport.all
            report.diagnostics = diagnostics
            let json = try parse(report, as: format)
            if let findings = json as? [[String: Any]] { return findings.compactMap { $0["fingerprint"] as? String } }
            let run = ((json as? [String: Any])?["runs"] as? [[String: Any]])?.first
            let results = try #require(run?["results"] as? [[String: Any]])
            return results.compactMap { ($0["partialFingerprints"] as? [String: String])?.values.sorted().first }
        }
        let one = SampleReport.diagnostics[0]
        var moved = one
        moved.place.span?.line += 7
        moved.place.span?.endLine += 7
        moved.place.span?.byteOffset += 90
        for format in [OutputFormat.sarif, .gitlab] {
            let before = try prints([one], format)
            #expect(before.count == 1)
            #expect(try prints([moved], format) == before)
            #expect(Set(try prints(SampleReport.diagnostics, format)).count == 4)
            #expect(Set(try prints([one, moved], format)).count == 2, "two like findings are two")
        }
    }

    @Test("An independent reader of the standard accepts SARIF")
    func sarif() throws {
        for (name, report) in Self.reports {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [
                "python3", "-c",
                "import sys, sarif_pydantic; sarif_pydantic.Sarif.model_validate_json(sys.stdin.read())",
            ]
            let input = Pipe()
            process.standardInput = input
            try process.run()
            try input.fileHandleForWriting.write(contentsOf: Data(render(report, as: .sarif).utf8))
            try input.fileHandleForWriting.close()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(name), with sarif-pydantic: scripts/install tests")
        }
    }

    private func parse(_ report: Report, as format: OutputFormat) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(render(report, as: format).utf8))
    }

    private func expect(_ text: String, in name: String) throws {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name)")
        if ProcessInfo.processInfo.environment["ROSTER_RECORD"] == "1" {
            try Data(text.utf8).write(to: url)
            Issue.record("recorded \(name)")
        }
        #expect(text == String(decoding: try Data(contentsOf: url), as: UTF8.self), "\(name)")
    }
}

private final class CaseCounter: NSObject, XMLParserDelegate {
    var cases = 0
    var failures = 0

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        if name == "testcase" { cases += 1 }
        if name == "failure" { failures += 1 }
    }
}
