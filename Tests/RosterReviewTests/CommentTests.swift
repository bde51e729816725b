import RosterJSON
import RosterModel
import Testing

@testable import RosterReview

/// The parts of the comment on a pull request.
@Suite("The comment")
struct CommentTests {
    private func change(
        _ rule: any RiskRule.Type,
        _ text: String,
        kind: Change.Kind = .provider,
        action: Change.Action = .changed,
        handle: String? = "acme/a",
        path: String = "providers/acme/a.yaml"
    ) -> Change {
        Change(kind: kind, action: action, handle: handle, reasons: [rule.reason(text)], path: path, line: 3)
    }

    private func comment(
        _ changes: [Change],
        newErrors: Int = 0,
        links: [Review.SecretLinks] = [],
        _ options: CommentOptions = CommentOptions()
    ) -> String {
        let review = Review(
            base: Review.Side(),
            head: Review.Side(),
            newErrors: newErrors,
            changes: changes.sorted(by: Change.isOrderedBefore),
            links: links
        )
        return review.rendering(as: .markdown, comment: options).text
    }

    private func sentence(_ changes: [Change], newErrors: Int = 0) -> String {
        String(comment(changes, newErrors: newErrors).split(separator: "\n")[1])
    }

    private let redirect = "the key acme/k would go to https://evil.example instead of https://api.openai.com"

    @Test("The first sentence names the most severe effect, and the number of the others")
    func headline() {
        let redirected = change(KeyDestinationChanged.self, redirect)
        let widened = change(
            AccessWidened.self,
            "it may now GetAiProvider",
            kind: .token,
            handle: "ci",
            path: "roster.yaml"
        )
        let bumped = change(
            DefaultModelChanged.self,
            "programs that do not choose a model get a different one",
            handle: "acme/b"
        )
        #expect(sentence([]) == "**Roster: no changes to review**")
        #expect(
            sentence([redirected])
                == "**Critical:** the key acme/k would go to evil.example instead of api.openai.com"
        )
        #expect(
            sentence([widened, bumped, redirected, bumped])
                == "**Critical:** the key acme/k would go to evil.example instead of api.openai.com, "
                + "and 3 further changes (1 critical, 2 medium)"
        )
        #expect(sentence([widened]) == "**Critical:** the token `ci` may now GetAiProvider")
        #expect(sentence([bumped]).hasPrefix("**Medium:** the provider acme/b is changed: programs that do not choose"))
        let plain = change(
            KeyDestinationChanged.self,
            "the key acme/k would go to http://a.example instead of https://b.example"
        )
        #expect(sentence([plain]).contains("`http://a.example` instead of `https://b.example`"))
        let replaced = change(KeyReplaced.self, "the key is replaced by a different key", kind: .secret)
        #expect(sentence([replaced]) == "**High:** the key acme/a is replaced by a different key")
        let file = GuardedFile(path: ".gitattributes", action: .added).row
        #expect(
            sentence([file])
                == "**Critical:** the file `.gitattributes` is added, and it decides how changes are reviewed, shown or checked"
        )
        let other = GuardedFile(path: ".github/x", action: .added).row
        #expect(sentence([file, other]).hasPrefix("**Critical:** 2 files that decide how changes are reviewed, shown"))
        #expect(sentence([file, other, widened]).hasPrefix("**Critical:** the token `ci`"))
        #expect(sentence([], newErrors: 2) == "**Error:** 2 new errors in the head, and no change that can be read")
        #expect(sentence([bumped], newErrors: 1).hasSuffix(", 1 new error in the head"))
    }

    @Test("Punctuation after a value in a sentence is not part of it")
    func punctuation() {
        #expect(MarkdownText.sentence("a b.c, d: e@f; g") == "a `b.c`, d: `e@f`; g")
        #expect(MarkdownText.sentence(", : ;") == ", : ;")
        #expect(MarkdownText.sentence(":shipit:, @a, deadbeef1,") == "`:shipit:`, `@a`, `deadbeef1`,")
    }

    @Test("The first sentence has code only around names that could become links")
    func plainNames() {
        let plain = ["acme/openai", "evil.example", "api.eu-1.openai.com", "gpt.yaml", "a1/b-2"]
        for name in plain { #expect(MarkdownText.name(name) == name) }
        let others = [
            "www.evil.example", "deadbeef/a", "a/deadbeef01", "x.1234567.example", "acme/gh-12", "gh-1/a", "127.0.0.1",
            "a",
            "evil.example:8443", "a@b.example", "a/b/c", "a/b.c", "/a", "a/", "a..b", ".a", "*.a", "a_b/c", "A.b",
            "a.\u{e9}.b",
            "https://a.b", "[::1]", "-a/b", "a/-", "a/b#1", "a.b\n",
        ]
        for name in others { #expect(MarkdownText.name(name).hasPrefix("`"), "\(name)") }
        #expect(MarkdownText.sentence("to a.b: www.c.d, e/f") == "to `a.b`: `www.c.d`, `e/f`")
        #expect(MarkdownText.sentence("to a.b: www.c.d, e/f", showsNames: true) == "to a.b: `www.c.d`, e/f")
    }

    @Test("A cell omits the middle of long words, and never a host's end")
    func width() {
        let host = "https://api.openai.com." + String(repeating: "a", count: 300) + ".evil.example"
        var row = change(
            KeyDestinationChanged.self,
            "the key acme/k would go to \(host)",
            handle: String(repeating: "h", count: 90)
        )
        row.fields = [
            Change.Field(
                path: "baseUrl",
                before: nil,
                after: .string(host + "/v1/" + String(repeating: "p", count: 300))
            ),
            Change.Field(path: "config." + String(repeating: "k", count: 200), before: .string("a b c"), after: .null),
        ]
        row.owners = ["@" + String(repeating: "o", count: 200), "@acme/security"]
        let text = comment([row])
        let cells = text.split(separator: "\n").first { $0.hasPrefix("| **critical**") } ?? ""
        #expect(cells.contains(".evil.example"))
        for word in cells.split(whereSeparator: { $0 == " " || $0 == "`" || $0 == ">" || $0 == "/" || $0 == "<" }) {
            #expect(word.count <= 36, "\(word)")
        }
        // The whole values are in the first sentence and below.
        #expect(text.contains("`config." + String(repeating: "k", count: 193)))
    }

    @Test("Rows link to the file and the line, where the head has them")
    func links() throws {
        let base = try #require(LinkBase("https://github.com/acme/registry/blob/0123abc/"))
        var deleted = change(ProviderDeleted.self, "gone", action: .deleted, path: "providers/acme/d.yaml")
        deleted.line = nil
        let odd = GuardedFile(path: ".github/a b)(|\"é#?%.yml", action: .added).row
        let text = comment([change(KeyReplaced.self, "x"), deleted, odd], CommentOptions(links: base))
        let top = "https://github.com/acme/registry/blob/0123abc"
        #expect(text.contains("[`acme/a`](\(top)/providers/acme/a.yaml#L3)"))
        #expect(text.contains("](\(top)/.github/a%20b%29%28%7C%22%C3%A9%23%3F%25.yml#L1)"))
        #expect(!text.contains("d.yaml)") && text.contains("provider `acme/a` deleted"))
        for valid in ["http://git.example:8080/a/-/blob/x", "https://a"] { #expect(LinkBase(valid) != nil, "\(valid)") }
        let invalid = [
            "", "https://", "ftp://a", "javascript:alert(1)", "//a", "https://a b", "https://a)", "https://a?x",
            "https://a#x",
            "https://u@a", "https:///a", "https://é", "https://a\n", "https://a/`", "https://a|b", "HTTPS://a",
        ]
        for text in invalid { #expect(LinkBase(text) == nil, "\(text)") }
    }

    @Test("Owners are in the table, and unknown owners are named as such")
    func owners() {
        var row = change(KeyReplaced.self, "x")
        #expect(!comment([row]).contains("owner"))
        row.owners = ["@lena"]
        #expect(comment([row]).contains("<br>owner `@lena` |"))
        row.owners = (1...6).map { "@o\($0)" }
        #expect(comment([row]).contains("<br>owners `@o1`, `@o2`, `@o3`, `@o4` and 2 more |"))
        row.owners = nil
        #expect(comment([row]).contains("<br>owners are not known |"))
    }

    @Test("The plan has the command that accepts it if the gate fails")
    func plan() throws {
        let medium = change(DefaultModelChanged.self, "x")
        let high = change(KeyReplaced.self, "x")
        func line(_ change: Change, _ options: CommentOptions = CommentOptions()) -> Substring? {
            comment([change], options).split(separator: "\n").first { $0.hasPrefix("`plan ") }
        }
        #expect(try #require(line(medium)).wholeMatch(of: /`plan [0-9a-f]{12}`/) != nil)
        let accept = /`plan ([0-9a-f]{12})` · to accept exactly this change, comment `\/roster accept ([0-9a-f]{12})`/
        for found in [line(high), line(medium, CommentOptions(gate: .medium))] {
            let line = try #require(found)
            let match = try #require(line.wholeMatch(of: accept))
            #expect(match.1 == match.2)
        }
        #expect(try #require(line(high, CommentOptions(gate: .critical))).hasSuffix("`"))
        #expect(try #require(line(high, CommentOptions(gate: .high, isAccepted: true))).hasSuffix("` · accepted"))
    }

    @Test("The diagram has at most 12 boxes, colors risks and lists the omitted records")
    func picture() {
        func links(_ secrets: Int, _ providers: Int) -> [Review.SecretLinks] {
            (0..<secrets).map { secret in
                Review.SecretLinks(
                    secret: "acme/s\(secret)",
                    providers: (0..<providers).map { "acme/p\(secret)-\($0)" }
                )
            }
        }
        var replaced = change(KeyReplaced.self, "x", kind: .secret, handle: "acme/s1")
        replaced.path = "secrets/acme/s1.yaml"
        let redirected = change(KeyDestinationChanged.self, redirect, handle: "acme/p1-1")
        #expect(!comment([replaced], links: links(1, 1)).contains("mermaid"))
        #expect(!comment([replaced], links: links(3, 0)).contains("mermaid"))
        let text = comment([replaced, redirected], links: links(2, 2))
        #expect(text.contains("s0[(\"acme/s1\")]:::high\n    s0 --- p0x0[\"acme/p1-1\"]:::critical\n"))
        #expect(text.contains("[\"acme/p0-0\"]:::unchanged\n") && text.contains("    classDef critical "))
        #expect(!text.contains("Not in the picture"))
        for (secrets, providers) in [(1, 40), (2, 8), (5, 3), (12, 1), (40, 40), (2, 1), (7, 2)] {
            let text = comment([replaced], links: links(secrets, providers))
            let lines = text.split(separator: "\n")
            let shown = (lines.count { $0.contains("[(\"") }, lines.count { $0.contains(" --- p") })
            #expect(shown.0 + shown.1 <= 12 && shown.1 >= shown.0)
            let left = (secrets - shown.0, secrets * providers - shown.1)
            #expect(left.0 == 0 || text.contains("Not in the picture: \(ReviewWords.count(left.0, "secret"))"))
            #expect(left.1 == 0 || text.contains("\(ReviewWords.count(left.1, "provider")).\n"))
            #expect(left != (0, 0) || !text.contains("Not in the picture"))
        }
    }
}
