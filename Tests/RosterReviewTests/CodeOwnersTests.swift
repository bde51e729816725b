import RosterJSON
import RosterModel
import Testing

@testable import RosterReview

/// The owners of paths, as hosts read CODEOWNERS.
@Suite("CODEOWNERS")
struct CodeOwnersTests {
    private func owners(_ text: String, _ path: String, _ dialect: CodeOwners.Dialect = .github) -> [String]? {
        var steps = 0
        return CodeOwners(text, dialect: dialect).owners(of: path, steps: &steps)
    }

    @Test(
        "Patterns match as on GitHub",
        arguments: [
            ("*", ["a", "a/b", "a/b/c.yaml", ".github/x"], []),
            ("**", ["a", "a/b/c"], []),
            ("*.yaml", ["a.yaml", "providers/acme/a.yaml", "x.yaml/y"], ["a.yml", "yaml"]),
            ("/*.yaml", ["roster.yaml"], ["providers/acme/a.yaml"]),
            ("docs/*", ["docs/a.md"], ["docs/build/a.md", "x/docs/a.md", "docs"]),
            ("docs/*/", ["docs/build/a.md"], ["docs/a.md"]),
            ("apps/", ["apps/a", "x/apps/a", "x/apps/y/z"], ["apps", "x/apps"]),
            ("/apps/", ["apps/a", "apps/x/y"], ["x/apps/a", "apps"]),
            ("/apps/github", ["apps/github", "apps/github/a/b"], ["apps/github2", "x/apps/github"]),
            ("apps/github", ["apps/github", "apps/github/a"], ["x/apps/github"]),
            ("apps", ["apps", "x/apps", "x/apps/a"], ["apps2", "x/myapps"]),
            ("**/logs", ["logs", "logs/a", "x/y/logs", "x/logs/a"], ["logs2"]),
            ("docs/**/", ["docs/a/b", "docs/a/b/c"], ["docs/a", "docs"]),
            ("/build/**", ["build/a", "build/a/b"], ["build", "x/build/a"]),
            ("a/**/b", ["a/b", "a/x/b", "a/x/y/b", "a/x/b/c"], ["a/xb", "x/a/b"]),
            ("/providers/*/gpt-*.yaml", ["providers/acme/gpt-4.yaml"], ["providers/acme/x/gpt-4.yaml", "gpt-4.yaml"]),
            ("/secrets/acme/a?.yaml", ["secrets/acme/ab.yaml", "secrets/acme/aé.yaml"], ["secrets/acme/a.yaml"]),
            ("/a\\ b/", ["a b/c"], ["a/c", "a\\ b/c"]),
            ("/a\\*b", ["a*b"], ["axb"]),
            ("/Secrets/", ["Secrets/a"], ["secrets/a"]),
            ("a**b", ["ab", "a123b", "x/aab"], ["a/b"]),
            // Lines that GitHub cannot read.
            ("!a", [], ["a", "!a"]), ("[ab]", [], ["a", "b", "[ab]"]), ("\\#a", [], ["#a", "a"]), ("/", [], ["a"]),
            ("a***b", [], ["a/b", "axb"]),
        ] as [(String, [String], [String])]
    )
    func github(pattern: String, matching: [String], others: [String]) {
        for path in matching { #expect(owners("\(pattern) @o", path) == ["@o"], "\(path)") }
        for path in others { #expect(owners("\(pattern) @o", path) == [], "\(path)") }
    }

    @Test(
        "Patterns match as on GitLab",
        arguments: [
            ("*", ["a", "a/b", ".gitlab/x"], []),
            ("*.yaml", ["a.yaml", "providers/acme/a.yaml"], ["x.yaml/y"]),
            ("/*.yaml", ["roster.yaml"], ["providers/acme/a.yaml"]),
            ("internal/a.md", ["internal/a.md", "x/internal/a.md"], ["internal/a.md/b"]),
            ("/docs", ["docs"], ["docs/a"]),
            ("/docs/", ["docs/a", "docs/a/b"], ["x/docs/a", "docs"]),
            ("docs/", ["docs/a", "x/docs/a/b"], ["docs"]),
            ("/docs/*", ["docs/a"], ["docs/a/b"]),
            ("/docs/**", ["docs/a"], ["docs/a/b"]),
            ("/docs/**/*.md", ["docs/a.md", "docs/x/y/a.md"], ["docs/a.txt"]),
            ("\\#a", ["#a", "x/#a"], ["a"]),
            ("/a\\ b/", ["a b/c"], ["a/c"]),
        ] as [(String, [String], [String])]
    )
    func gitlab(pattern: String, matching: [String], others: [String]) {
        for path in matching { #expect(owners("\(pattern) @o", path, .gitlab) == ["@o"], "\(path)") }
        for path in others { #expect(owners("\(pattern) @o", path, .gitlab) == [], "\(path)") }
    }

    @Test("The last pattern that matches decides, and one without owners clears")
    func order() {
        let text = """
            # * @comment
            *           @all   @acme/ops\tme@example.com  # trailing
            /providers/ @models
            /providers/acme/gpt.yaml
            \t /secrets/ @security#1
            /secrets/ @security #@nobody @else
            """
        #expect(owners(text, "README.md") == ["@all", "@acme/ops", "me@example.com"])
        #expect(owners(text, "providers/acme/x.yaml") == ["@models"])
        #expect(owners(text, "providers/acme/gpt.yaml") == [])
        #expect(owners(text, "secrets/acme/x.yaml") == ["@security"])
        #expect(owners(text.replacing("\n", with: "\r\n"), "secrets/acme/x.yaml") == ["@security"])
        #expect(owners("", "a") == [])
    }

    @Test("GitHub skips a line with something that is not an owner")
    func invalidOwners() {
        let long = "@" + String(repeating: "a", count: 300)
        for word in ["nobody", "@", "@a/", "@a/b c d", "@аdmin", "a@b", "@a;b", "x@y@z.example", long] {
            #expect(owners("* @all\n* @x \(word)", "a") == ["@all"], "\(word)")
        }
    }

    @Test("Sections of GitLab add up, and each has its own last pattern")
    func sections() {
        let text = """
            * @all
            [Security][2] @security
            /secrets/
            /secrets/acme/ @acme
            ^[Optional] @docs @writers
            *.md
            [Empty]
            *.txt
            [security]
            /roster.yaml
            !/secrets/acme/public.yaml
            """
        #expect(owners(text, "secrets/x/a.yaml", .gitlab) == ["@all", "@security"])
        #expect(owners(text, "secrets/acme/a.yaml", .gitlab) == ["@all", "@acme"])
        #expect(owners(text, "secrets/acme/public.yaml", .gitlab) == ["@all"])
        #expect(owners(text, "README.md", .gitlab) == ["@all", "@docs", "@writers"])
        #expect(owners(text, "a.txt", .gitlab) == ["@all"])
        #expect(owners(text, "roster.yaml", .gitlab) == ["@all", "@security"])
    }

    private func rows(_ files: [String: String], _ row: Change) async throws -> [String]? {
        let source = ExampleReview.source(files)
        return try await OwnersSource.read(from: source.top).naming([row], pathPrefix: "")[0].owners
    }

    private static let row = Change(kind: .provider, action: .changed, handle: "acme/a", path: "providers/acme/a.yaml")

    @Test("Reads the file at the first existing path")
    func places() async throws {
        let places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"]
        for start in places.indices {
            let files = Dictionary(uniqueKeysWithValues: (start..<places.count).map { (places[$0], "* @o\($0)") })
            #expect(try await rows(files, Self.row) == ["@o\(start)"])
        }
        #expect(try await rows([".gitlab/CODEOWNERS": "acme/a.yaml @o"], Self.row) == ["@o"])
        #expect(try await rows(["CODEOWNERS": "acme/a.yaml @o"], Self.row) == [])
        #expect(try await rows(["CODEOWNERS": "[S]\nacme/a.yaml @o"], Self.row) == ["@o"])
        #expect(try await rows(["codeowners": "* @o", "x/CODEOWNERS": "* @o"], Self.row) == [])
        #expect(try await rows([:], Self.row) == [])
    }

    @Test("A moved record has the owners of both paths")
    func moved() async throws {
        var row = Self.row
        row.action = .moved
        row.fields = [Change.Field(path: "handle", before: .string("labs/b"), after: .string("acme/a"))]
        let text = "/providers/acme/ @acme @both\n/providers/labs/ @labs @both"
        #expect(try await rows(["CODEOWNERS": text], row) == ["@acme", "@both", "@labs"])
    }

    @Test("Owners are unknown if the file is too large or not a regular file")
    func unreadable() async throws {
        let large = String(repeating: "#", count: CodeOwners.sizeLimit + 1)
        #expect(try await rows(["CODEOWNERS": large], Self.row) == nil)
        #expect(try await rows(["CODEOWNERS": String(large.dropLast())], Self.row) == [])
        let many = "* " + (0...CodeOwners.ownerLimit).map { "@o\($0)" }.joined(separator: " ")
        #expect(try await rows(["CODEOWNERS": many], Self.row) == nil)
    }

    @Test("Many patterns and many paths end in bounded time")
    func bounded() async throws {
        let row = Self.row
        let changes = (0..<8_000).map { number in
            var row = row
            row.path = "providers/acme/a\(number).yaml"
            return row
        }
        let exact = (0..<8_000).map { "/providers/acme/a\($0).yaml @o\($0)\n" }.joined()
        let found = try await OwnersSource.read(from: ExampleReview.source(["CODEOWNERS": exact]).top)
            .naming(changes, pathPrefix: "")
        #expect(found[7_999].owners == ["@o7999"])
        let stars = CodeOwners(String(repeating: "**/a*a*a*a*a*b/** @o\n", count: 1_000), dialect: .github)
        var steps = 0
        #expect(stars.owners(of: String(repeating: "a", count: 200) + "c/d", steps: &steps) == [])
        #expect(steps < 1_000_000)
        steps = CodeOwners.stepLimit - 10
        #expect(stars.owners(of: "a/b", steps: &steps) == nil)
    }
}
