import Foundation
import RosterTestSupport
import Testing

/// Reviewing.md, whose steps a reader copies.
@Suite("The page about reviewing")
struct ReviewingPageTests {
    private static let catalog = ReviewGate.top + "/Documentation/Manual.docc"

    private static func text(_ path: String) throws -> String {
        try String(contentsOfFile: ReviewGate.top + "/" + path, encoding: .utf8)
    }

    private static func page() throws -> String {
        try String(contentsOfFile: catalog + "/Reviewing.md", encoding: .utf8)
    }

    /// Writes the workflows of the page with placeholders replaced by commits and digests, and returns their paths.
    static func writeWorkflows(in folder: ScratchFolder) throws -> [String] {
        let blocks = try page().matches(of: /(?ms)^```yaml\n(name: .*?)^```$/).map { String($0.1) }
        return try blocks.enumerated().map { index, block in
            let path = ".github/workflows/page-\(index).yaml"
            let commit = String(repeating: "ab", count: 20)
            try folder.write(path, block.replacing("OWNER/roster@COMMIT", with: "acme/roster@\(commit) # v1"))
            return folder.path + "/" + path
        }
    }

    /// Returns the first cells of the rows of a section's tables, without their code marks.
    private static func firstCells(_ section: String) throws -> [String] {
        let page = try page()
        let start = try #require(page.range(of: "\n\(section)\n"), "there is no section \(section)")
        let end = page.range(of: "\n#", range: start.upperBound..<page.endIndex)?.lowerBound ?? page.endIndex
        return page[start.upperBound..<end].split(separator: "\n").filter { $0.hasPrefix("| `") }
            .flatMap { row in row.split(separator: "|")[0].matches(of: /`([^`]+)`/).map { String($0.1) } }
    }

    /// DocC finds a picture by its name, and GitHub by its path from the page; both find one in the page's folder.
    @Test("The picture is in the folder of the page")
    func picture() throws {
        let images = try Self.page().matches(of: /!\[([^\]]+)\]\(([^)]+)\)/)
        #expect(!images.isEmpty)
        for image in images {
            #expect(!image.2.contains("/"))
            let data = try Data(contentsOf: URL(fileURLWithPath: Self.catalog + "/" + image.2))
            #expect(data.starts(with: Data("<svg ".utf8)) && data.count < 200_000)
        }
    }

    @Test("The described inputs equal those of the action")
    func inputs() throws {
        let action = try Self.text("action.yml")
        let start = try #require(action.range(of: "\ninputs:\n")), end = try #require(action.range(of: "\nruns:\n"))
        let inputs = action[start.upperBound..<end.lowerBound].matches(of: /(?m)^  ([a-z0-9-]+):$/).map { String($0.1) }
        let described = try Self.firstCells("### 1. Provide the program") + Self.firstCells("### Inputs of the review")
        for input in described { #expect(inputs.contains(input.replacing(": true", with: "")), "\(input)") }
        // The action itself describes the inputs of a check and the source of a release.
        for input in Set(inputs).subtracting(["mode", "base-url", "sarif"]) {
            #expect(described.contains { $0.hasPrefix(input) }, "the page does not describe \(input)")
        }
    }

    @Test("The described variables equal those of the template")
    func variables() throws {
        let template = try Self.text("deploy/gitlab-ci.yml")
        let used = Set(template.matches(of: /\$\{?(ROSTER_[A-Z_]+)/).map { String($0.1) })
        #expect(try Set(Self.firstCells("## Set up GitLab")) == used)
    }

    @Test("The commands of its plain hook equal those of the hooks")
    func hooks() throws {
        let entries = try Self.text(".pre-commit-hooks.yaml").matches(of: /(?m)^  entry: (.*)$/).map { String($0.1) }
        #expect(entries.count == 2)
        #expect(try Self.page().contains("```sh\n#!/bin/sh\n\(entries.joined(separator: " && "))\n```\n"))
    }

    @Test("Third-party actions are pinned to the same commits as in this repository")
    func pins() throws {
        let review = try Self.text(".github/workflows/review.yaml")
        let uses = try Self.page().matches(of: /uses: (.*)/).map { String($0.1) }
        #expect(uses.count == 5)
        for use in uses where use != "OWNER/roster@COMMIT" { #expect(review.contains("uses: \(use)\n"), "\(use)") }
    }

    @Test(
        "The explained messages exist in the program or its scripts",
        arguments: [
            ("deploy/github/review", "cannot tell what this pull request changes"),
            ("deploy/github/review", "conflicts with its base"),
            ("deploy/github/review", "the host has not computed the merge yet"),
            ("deploy/github/review", "not in the history of the base"),
            ("deploy/github/review", "its merge cannot be fetched"),
            ("deploy/github/review", "roster cannot compare"),
            ("deploy/github/comment.py", "Not accepted:"),
            ("deploy/github/acceptance.py", "are of other plans"),
            ("Sources/RosterCommands/Review/DiffGate.swift", "there is nothing to compare with"),
        ]
    )
    func messages(path: String, message: String) throws {
        for text in [try Self.text(path), try Self.page()] {
            #expect(text.range(of: message, options: .caseInsensitive) != nil, "\(message)")
        }
    }
}
