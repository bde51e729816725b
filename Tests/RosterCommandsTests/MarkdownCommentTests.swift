import Foundation
import RosterCompiler
import RosterFrontend
import RosterTestSupport
import Testing

@testable import RosterReview

/// The comment, rendered by GitHub's implementation of Markdown.
@Suite("roster diff: Markdown comments")
struct MarkdownCommentTests {
    private struct Page: Decodable {
        var tags: Set<String>
        var links: [String]
        var plain: String
        var code: [String]
        var tables: [[[String]]]
        var comments: [String]
    }

    private func render(_ markdown: String, _ program: RosterProgram) throws -> Page {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "markdown_peer.py")
        let run = try program.tool(["python3", script.path], input: Data(markdown.utf8))
        return try JSONDecoder().decode(Page.self, from: Data(run.output.utf8))
    }

    /// The only tags that a comment may contain.
    private static let tags: Set<String> = [
        "p", "strong", "code", "table", "thead", "tbody", "tr", "th", "td", "br", "details", "summary", "pre",
        "blockquote", "ul", "li",
    ]

    /// Names with Markdown, HTML, mentions and references.
    private static let hostile = [
        "@everyone", "@acme/admins", "#12", "GH-34", "acme/x#5", "0123456789abcdef0123456789abcdef01234567",
        "[click](https://evil.example)", "![x](https://evil.example/x.png)", "<img src=x onerror=alert(1)>",
        "</details><h1>approved</h1>", "<!-- roster-diff -->", "--> x <!--", "a | b | c", "\\\\| c", "`code`", "```",
        "``` mermaid", "~~~", "https://evil.example", "www.evil.example", "mailto:x@evil.example", "x@evil.example",
        "**bold** _em_ ~~gone~~", "&lt;b&gt; &#64;x", "$$x$$", ":shipit:", "trailing \\\\", "- [x] done", "# head",
        "[ref]: https://evil.example", "[^1]", " spaces ", "%00", "{{x}}", "\"quoted\"", "it's",
    ]

    @Test func escapesHostileNames() async throws {
        let repository = try ReviewRepository()
        var (base, head) = (TextOnly.example.base, TextOnly.example.base)
        for (number, name) in Self.hostile.enumerated() {
            let file = "providers/acme/p\(number).yaml"
            let id = "aip_5mLd1oQaRw7yX\(100 + number)"
            func text(_ name: String) -> String {
                let quoted = name.replacing("\\\\", with: "\\").replacing("\\", with: "\\\\").replacing(
                    "\"",
                    with: "\\\""
                )
                return """
                    id: \(id)
                    name: "\(quoted)"
                    provider: ollama
                    defaultModel: "\(quoted)"
                    config:
                      "\(quoted)": "\(quoted)"

                    """
            }
            base[file] = text("n\(number)")
            head[file] = text(name)
        }
        // Only an invalid file can have invisible characters and line ends in its values.
        head["providers/acme/p0.yaml"]?.append("  bidi: \"a\\u202Eb\\u200Bc\\nd\"\n")
        let commits = (try repository.commit(base), try repository.commit(head))
        let plain = try await repository.diff(commits.0, commits.1, "--format", "markdown")
        #expect(try render(plain, repository.program).links.isEmpty)
        let top = "https://github.com/acme/registry/blob/\(commits.1)"
        let markdown = try await repository.diff(commits.0, commits.1, "--format", "markdown", "--link", top)
        #expect(markdown.hasPrefix("<!-- roster-diff -->\n**High:** "))
        let page = try render(markdown, repository.program)
        let tags = Self.tags.union(["a"])
        #expect(page.tags.isSubset(of: tags), "\(page.tags.subtracting(tags))")
        #expect(page.links.count > 40)
        for link in page.links {
            let match = link.wholeMatch(of: /https:[\w.\/%~-]+(\.yaml#L[0-9]+|\/providers)/)
            #expect(link.hasPrefix(top + "/") && match != nil, "\(link)")
        }
        #expect(page.comments == [" roster-diff "])
        // GitHub recognizes mentions, references and commit ids in text outside of code.
        for word in ["@", "#", "GH-", "evil", "0123456789ab", "http", "www", ":shipit"] {
            #expect(!page.plain.contains(word), "\(word)")
        }
        #expect(page.tables.allSatisfy { $0.allSatisfy { $0.count == 3 } })
        let scalars = markdown.unicodeScalars
        #expect(!scalars.contains { $0.value == 0x202E || $0.value == 0x200B || $0.value == 0 })
        // The names are nevertheless shown.
        let code = page.code.joined(separator: "\n")
        for name in ["@everyone", "<img src=x onerror=alert(1)>", "</details><h1>approved</h1>", "www.evil.example"] {
            #expect(code.contains(name), "\(name)")
        }
        #expect(code.contains("a \\u{7c} b \\u{7c} c") && code.contains("\\u{60}code\\u{60}"))
    }

    @Test func showsRowsInOneTableAndCollapsesIDs() async throws {
        let repository = try ReviewRepository()
        var head = KeyDestinationChanged.example.head
        head["providers/acme/local.yaml"] = RuleExample.ollama()
        let commits = (try repository.commit(KeyDestinationChanged.example.base), try repository.commit(head))
        let markdown = try await repository.diff(commits.0, commits.1, "--format", "markdown")
        let page = try render(markdown, repository.program)
        let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(
            lines[1] == """
                **Critical:** the key acme/openai-prod would go to eu.api.openai.com instead of api.openai.com, \
                and 2 further changes (1 critical, 1 medium)
                """
        )
        #expect(lines[2].isEmpty)
        #expect(page.tables.map { $0.map { $0[0] } } == [["risk", "critical", "critical", "medium"]])
        #expect(page.tables[0][0] == ["risk", "change", "why"])
        let fold = try #require(markdown.range(of: "<details>"))
        let (shown, folded) = (markdown[..<fold.lowerBound], markdown[fold.lowerBound...])
        for word in ["aip_", "sec_", "sha256:", commits.0, commits.1, "key-destination-changed"] {
            #expect(!shown.contains(word) && folded.contains(word), "\(word)")
        }
        for commit in [commits.0, commits.1] {
            let registry = try await repository.program.run("compile", "--rev", commit).output
            let digest = try repository.program.tool(["sha256sum"], input: Data(registry.utf8)).output.prefix(64)
            #expect(markdown.contains("`\(commit)`, registry `sha256:\(digest)`"))
        }
    }

    @Test func truncatesLargeChangeAndReportsOmissions() async throws {
        let repository = try ReviewRepository()
        var (base, head) = (KeyDestinationChanged.example.base, KeyDestinationChanged.example.head)
        let long = String(repeating: "x|`@", count: 3_000)
        for number in 1_000..<1_400 {
            let text = "id: aip_5mLd1oQaRw7y\(number)\nname: note\nprovider: ollama\ndefaultModel: m\n"
            base["providers/acme/p\(number).yaml"] = text
            head["providers/acme/p\(number).yaml"] =
                text + "config:\n  note: \"\(number.isMultiple(of: 50) ? long : "é")\"\n"
        }
        let commits = (try repository.commit(base), try repository.commit(head))
        let markdown = try await repository.diff(commits.0, commits.1, "--format", "markdown")
        #expect(markdown.utf8.count <= 60_000 && markdown.utf8.count > 40_000)
        let page = try render(markdown, repository.program)
        #expect(page.tags.isSubset(of: Self.tags))
        #expect(page.tables.count == 1 && page.tables[0].count == 13)
        #expect(page.tables[0].dropFirst().map { $0[0] }.prefix(4) == ["critical", "critical", "high", "medium"])
        let summary = try #require(markdown.firstMatch(of: /<summary>([0-9]+) changes of medium or low risk<.summary>/))
        let folded = try #require(Int(summary.1))
        #expect(folded > 100)
        let left = 403 - 12 - folded
        #expect(left == 0 || page.plain.contains("\(left) changes left out here, the highest risk medium"))
        #expect(markdown.contains("base `\(commits.0)`"))
    }
}
