import Foundation
import RosterGit
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("The history on the page of a provider")
struct RecordHistoryPageTests {
    private static let claude = "providers/acme/claude.yaml"

    @Test func showsCommitsWithRisksAndLastChanges() async throws {
        let commits = try ServedCommits(isOpen: true)
        try commits.edit(Self.claude, "claude-sonnet-5", "claude-opus-5")
        let second = try commits.commit("Use the largest model\n\nIts body.")
        try commits.edit(Self.claude, "name: Claude for support", "name: Claude")
        let third = try commits.commit("Shorten the name", author: "grace@example.org <grace@example.org>")
        let page = try await commits.served().page("/p/acme/claude")
        let history = try #require(page.section("history"))
        #expect(history.contains("<li id=\"c-\(second.prefix(12))\"><h3><bdi>Use the largest model</bdi></h3>"))
        #expect(history.contains("<bdi>Ada Lovelace</bdi> · <code>\(second.prefix(7))</code>"))
        #expect(history.contains("<del><bdi>claude-sonnet-5</bdi></del><td><ins><bdi>claude-opus-5</bdi></ins>"))
        #expect(history.contains("<span class=\"b warn\">medium</span> <bdi>programs that do not choose a model"))
        #expect(history.contains("<details><summary><small>") && !history.contains("Older changes"))
        #expect(!page.contains("example.org") && history.contains("<bdi>grace</bdi>"))
        let order = [third, second].map { history.range(of: "c-" + $0.prefix(12))?.lowerBound }
        #expect(try #require(order[0]) < (try #require(order[1])))
        let record = try #require(page.section("record"))
        #expect(record.contains("<th scope=col>Last changed"))
        #expect(record.contains("claude-opus-5</bdi></code><td><a href=\"#c-\(second.prefix(12))\">"))
        #expect(page.contains("<small>by <bdi>grace</bdi></small>"))
        #expect(page.contains("<li><a href=\"#history\">History</a>"))
    }

    @Test func hidesFormerPlaceFromTokenOfOneProject() async throws {
        let commits = try ServedCommits()
        let (old, new) = ("providers/labs/llama-local.yaml", "providers/acme/llama.yaml")
        try commits.edit(old, "name: Llama on this machine", "name: Llama of labs")
        try commits.commit("Name labs/llama-local")
        try commits.tools.tool(["git", "mv", old, new])
        try commits.commit("Move labs/llama-local to acme")
        try commits.edit(new, "Llama of labs", "Llama of acme")
        let last = try commits.commit("Name it as labs does not")
        let server = try await commits.served()
        let all = try #require(try await server.page("/p/acme/llama", .all).section("history"))
        #expect(all.contains("<del><bdi>labs/llama-local</bdi></del>") && all.contains("Name labs/llama-local"))
        #expect(all.contains("it leaves the project labs for acme") && !all.contains("not shown"))
        let hidden = "Messages of commits are not shown: they may name records that you may not see."
        let page = try await server.page("/p/acme/llama", .reader)
        let history = try #require(page.section("history"))
        #expect(history.contains("c-\(last.prefix(12))") && history.contains("<h3><bdi>Changed name</bdi></h3>"))
        #expect(history.contains("Some changes are not shown") && history.contains(hidden))
        for word in ["llama-local", "Move ", "as labs", "leaves the project", "Name it"] {
            #expect(!page.contains(word), "\(word)")
        }
        // The other members have a last change that the token may not see.
        let record = try #require(page.section("record"))
        #expect(record.components(separatedBy: "href=\"#c-").count == 2)
    }

    @Test func showsChangedSecretToItsProjectAlone() async throws {
        let commits = try ServedCommits()
        let secret = "secrets/acme/anthropic-prod.yaml"
        let id = try #require(try commits.repository.folder.read(secret).firstMatch(of: /sec_[A-Za-z0-9]{16}/)).output
        try commits.edit(secret, String(id), "sec_Rt5Yh8Wn3Kd6Pq1Z")
        try commits.commit("Replace the secret")
        let server = try await commits.served()
        let page = try await server.page("/p/acme/claude", .reader)
        #expect(page.section("history")?.contains("<th scope=row>secretId") == true)
        #expect(page.section("history")?.contains("acme/anthropic-prod instead of acme/anthropic-prod") == true)
        #expect(page.section("record")?.contains("<th scope=row>secret<td>") == true)
    }

    @Test func namesFieldsThatAreNotCommitted() async throws {
        let commits = try ServedCommits(isOpen: true)
        try commits.edit(Self.claude, "name: Claude for support", "name: Claude")
        let links = "https://git.example/{commit}/{path}"
        let dirty = try await commits.served(links: links).page("/p/acme/claude")
        let record = try #require(dirty.section("record"))
        #expect(record.components(separatedBy: "<td><small>not committed</small>").count == 2)
        #expect(record.contains("<bdi>Claude</bdi><td><small>not committed</small>"))
        #expect(!dirty.contains("https://git.example") && !dirty.contains("<small>by "))
        // A provider that is in no commit.
        let text = try commits.repository.folder.read(Self.claude)
        try commits.repository.folder.write(
            "providers/acme/new.yaml",
            text.replacing("aip_j8euLl684qgPn5FT", with: "aip_0000000000000000")
        )
        let new = try await commits.served().page("/p/acme/new")
        #expect(new.section("history")?.contains("This provider is not committed yet.") == true)
        #expect(new.section("record")?.contains("Last changed") == false)
    }

    @Test func servesRevisionOfBareClone() async throws {
        let commits = try ServedCommits(isOpen: true)
        try commits.edit(Self.claude, "claude-sonnet-5", "claude-opus-5")
        let head = try commits.commit("Use the largest model")
        let folder = try ScratchFolder()
        let bare = folder.path + "/registry.git"
        try commits.tools.tool(["git", "clone", "--quiet", "--bare", commits.repository.folder.path, bare])
        let links = "https://git.example/a/{commit}/{path}#L{line}"
        let page = try await commits.served(.revision("main", folder: bare), links: links).page("/p/acme/claude")
        #expect(page.section("history")?.contains("Use the largest model") == true)
        let link = "<a href=\"https://git.example/a/\(head)/\(Self.claude)#L2\" rel=\"noreferrer noopener\">"
        #expect(
            page.section("record")?.contains(link + "<code>\(Self.claude)</code></a> at <code>\(head.prefix(7))</code>")
                == true
        )
    }

    @Test func describesFailureWithoutNames() async throws {
        let commits = try ServedCommits()
        let loaded = try await commits.served()
        let snapshot = try #require(loaded.responder.store.snapshot)
        func page(_ failure: any Error & Sendable, _ token: ServedRepository.Token) async throws -> String {
            let source = HistorySource(
                open: { throw failure },
                describe: { _ in "git does not trust /srv/labs/registry" }
            )
            let registry = LoadedRegistry(
                registry: snapshot.registry,
                hasFileText: true,
                history: HistoryReader(source),
                makeEditor: { try snapshot.currentEditor() }
            )
            let page = try await ResponderFixture(registry).page("/p/acme/claude", token)
            return try #require(page.section("history"))
        }
        let shallow = GitError.shallowHistory(path: "providers/labs/secret.yaml")
        let other = GitError.untrustedOwner(reason: "x")
        #expect(try await page(shallow, .reader).contains("git fetch --unshallow."))
        #expect(try await !page(shallow, .all).contains("labs"))
        #expect(try await page(other, .reader).contains("The history cannot be read."))
        #expect(try await page(other, .all).contains("git does not trust /srv/labs/registry."))
    }

    @Test func omitsHistoryOutsideGit() async throws {
        let page = try await ResponderFixture().page("/p/acme/p0")
        #expect(page.section("history") == nil && !page.contains("#history"))
        #expect(page.section("record")?.contains("Last changed") == false)
        #expect(page.section("change") != nil)
    }

    @Test func escapesHostileCommits() async throws {
        let commits = try ServedCommits(isOpen: true)
        let text = "</h3><script>alert(1)</script>\u{202E}\u{1}\u{FEFF}\"'&"
        try commits.edit(Self.claude, "claude-sonnet-5", "claude-opus-5")
        try commits.commit(text + String(repeating: "x", count: 1 << 20), author: "x\"&'\u{202E} <a@b.example>")
        try commits.edit(Self.claude, "name: Claude for support", "name: '</td><script>''\"&'")
        try commits.commit("second")
        let page = try await commits.served().page("/p/acme/claude")
        #expect(!page.contains("<script>alert") && !page.contains("<img") && !page.contains("</td><script>"))
        #expect(page.contains("&lt;/h3&gt;&lt;script&gt;alert(1)&lt;/script&gt;\\u{202e}\\u{1}"))
        #expect(page.contains("<bdi>x&#34;&amp;&#39;\\u{202e}</bdi>") && !page.contains("b.example"))
        #expect(page.contains("<ins><bdi>&lt;/td&gt;&lt;script&gt;&#39;&#34;&amp;</bdi></ins>"))
        #expect(page.utf8.count < 40_000)
    }

    @Test func showsTwentyCommits() async throws {
        let commits = try ServedCommits(isOpen: true)
        for number in 0..<20 {
            try commits.edit(Self.claude, "name: Claude", "name: Claude \(number)")
            try commits.commit("\(number)")
        }
        let history = try #require(try await commits.served().page("/p/acme/claude").section("history"))
        #expect(history.components(separatedBy: "<li id=\"c-").count == 21)
        #expect(history.contains("Older changes: <code>roster log acme/claude</code>"))
    }
}
