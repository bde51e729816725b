import Foundation
import RosterTestSupport
import Testing

@testable import RosterReview

/// Two commits for each rule, and the exact output of `diff` for them in every format.
///
/// `ROSTER_RECORD=1` records the expected output, and still fails.
@Suite("roster diff: every risk rule")
struct DiffFixtureTests {
    static let names = RiskCatalogue.all.map { $0.name }
    private static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/review").path

    @Test("Every rule has a fixture, and every fixture has a rule")
    func fixtures() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
        #expect(Set(files) == Set(Self.names.map { $0 + ".txt" }))
        #expect(files.count == 50)
    }

    @Test("The output of every format matches the fixture", arguments: names)
    func formats(name: String) async throws {
        let rule = try #require(RiskCatalogue.rule(named: name))
        let repository = try ReviewRepository()
        if name == SecretReturned.name { try repository.commit(rule.example.head, "what will return") }
        let base = try repository.commit(rule.example.base, "base")
        let head = try repository.commit(rule.example.head, "head")
        var text = ""
        for format in ["text", "json", "markdown", "github"] {
            text += "== \(format)\n" + (try await repository.diff(base, head, "--format", format))
        }
        #expect(text.contains(name))
        let url = URL(fileURLWithPath: Self.folder).appending(path: name + ".txt")
        if ProcessInfo.processInfo.environment["ROSTER_RECORD"] == "1" {
            try FileManager.default.createDirectory(atPath: Self.folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
            Issue.record("recorded \(name)")
        }
        #expect(text == String(decoding: try Data(contentsOf: url), as: UTF8.self))
    }

    @Test("Comparing a commit with itself reports no changes", arguments: ["text", "json", "markdown", "github"])
    func nothing(format: String) async throws {
        let repository = try ReviewRepository()
        let commit = try repository.commit(TextOnly.example.base)
        let text = try await repository.diff(
            commit,
            commit,
            "--format",
            format,
            "--detailed-exitcode",
            "--fail-on",
            "low"
        )
        let expected = ["text": "no changes\n", "github": ""]
        if let expected = expected[format] { #expect(text == expected) }
        if format == "markdown" { #expect(text.hasPrefix("<!-- roster-diff -->\n**Roster: no changes to review**\n")) }
        if format == "json" { #expect(text.contains("\"changes\": []") && text.contains("\"highest\": null")) }
    }

    @Test("The walk-through of the manual shows the output of the program")
    func walkThrough() async throws {
        let docs = URL(fileURLWithPath: Self.folder).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Documentation/Manual.docc/Reviewing.md")
        let page = String(decoding: try Data(contentsOf: docs), as: UTF8.self)
        let example = KeyDestinationChanged.example
        let repository = try ReviewRepository()
        let (base, head) = (try repository.commit(example.base, "base"), try repository.commit(example.head, "head"))
        let shown = try await repository.diff(base, head)
        #expect(page.contains("```text\n\(shown)```\n"))
        #expect(page.contains("```diff\n\(example.lines.joined(separator: "\n"))\n```"))
        let manual = try await repository.program.run("explain", KeyDestinationChanged.name).output
        #expect(page.contains(try #require(manual.split(separator: "\n").first)))
    }
}
