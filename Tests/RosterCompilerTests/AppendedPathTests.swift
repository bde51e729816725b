import Foundation
import RosterModel
import Testing

@testable import RosterCompiler

@Suite("Paths appended to a base URL, in documentation and schema")
struct AppendedPathTests {
    @Test("The page of the format has a row for each slug")
    func formatPage() throws {
        let url = URL(fileURLWithPath: Fixtures.folder)
            .appending(path: "../../Documentation/Manual.docc/Format.md")
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        for (words, slugs) in SlugFacts.appendedGroups {
            let row = "| \(slugs.map { "`\($0)`" }.joined(separator: ", ")) | \(words) |"
            #expect(lines.contains { $0 == row }, "\(row)")
        }
    }

    @Test("The schema's description of baseUrl has all paths")
    func schema() {
        let text = String(decoding: FormatSchema.document(for: .provider), as: UTF8.self)
        for (words, slugs) in SlugFacts.appendedGroups {
            #expect(text.contains("\(slugs.joined(separator: ", ")): \(words)"), "\(words)")
        }
    }
}
