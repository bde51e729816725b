import Foundation
import RosterTestSupport
import Testing

@Suite("The README")
struct ReadmeTests {
    private static let readme = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "README.md")

    @Test("The report in it equals the output of the program")
    func report() async throws {
        var text = String(decoding: try Data(contentsOf: Self.readme), as: UTF8.self)
        let example = try #require(block(after: "<!-- example -->\n```yaml\n", in: text))
        let folder = try ScratchFolder()
        let roster = "roster: 1\nprojects:\n  acme:\n    id: proj_V1StGXR8Z5jdHi6B\n    name: Acme\n"
        try folder.write("roster.yaml", roster)
        try folder.write("providers/acme/claude.yaml", String(text[example]))
        let run = try await RosterProgram(folder: folder.path).run("check")
        #expect(run.exitCode == 1)
        let report = try #require(block(after: "<!-- report -->\n```\n", in: text))
        if ProcessInfo.processInfo.environment["ROSTER_RECORD"] == "1" {
            text.replaceSubrange(report, with: run.output)
            try Data(text.utf8).write(to: Self.readme)
            Issue.record("recorded README.md")
            return
        }
        #expect(String(text[report]) == run.output)
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 151)
    }

    /// Returns the range of the text in the fenced block after `start`.
    private func block(after start: String, in text: String) -> Range<String.Index>? {
        guard let start = text.range(of: start),
            let end = text.range(of: "```\n", range: start.upperBound..<text.endIndex)
        else { return nil }
        return start.upperBound..<end.lowerBound
    }
}
