import Foundation
import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterSources
import Testing

@testable import RosterCompiler

/// Suggestions of `rdjsonl`, applied like reviewdog does: by lines and columns in bytes.
struct SuggestionTests {
    private static let today = CalendarDate("2026-11-24")

    @Test func suggestionsOfRulesFixTheirProblem() async throws {
        var count = 0
        for rule in RuleCatalogue.all {
            count += try await expectSolved(by: rule.failing.contents, rule.name)
        }
        #expect(count >= 8)
    }

    @Test func suggestionsOfFixturesFixTheirProblem() async throws {
        var count = 0
        for name in Fixtures.names("err") {
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: Fixtures.folder + "err/\(name).yaml")))
            let path =
                switch name.prefix(while: { $0 != "-" }) {
                case "provider": "providers/acme/gpt-4o.yaml"
                case "secret": "secrets/acme/openai-prod.yaml"
                default: "roster.yaml"
                }
            count += try await expectSolved(by: RuleExample.contents(replacing: path, bytes), name)
        }
        #expect(count >= 5)
    }

    @Test(arguments: [
        // Columns count bytes, not characters.
        ("name: GPT-4o for", "name: \"G\u{E4}\u{1F600}\u{200B}\" # for"),
        ("provider: openai", "\"provider\": \"opnai\" # \u{1F600}"),
        ("provider: openai", "{\u{1F600}: 1, provider: opnai}"),
        // Two of the same kind in one line.
        ("GPT-4o for", "GPT\u{200B}\u{200B}-4o\u{200D} for"),
        ("defaultModel: gpt-5.6", "defaultModel: 4"),
        ("defaultModel: gpt-5.6", "defaultModel: on"),
        ("defaultModel: gpt-5.6", "defaultModel: ~"),
        ("defaultModel: gpt-5.6", "defaultModl: gpt-5.6"),
        ("defaultModel: gpt-5.6", "defaultModel: gpt-5.6\ndefaultModl: gpt-5.6"),
        ("defaultModel: gpt-5.6", "defaultModl: gpt-5.6\ndefaultModle: gpt-5.6"),
        ("defaultModel: gpt-5.6", "defaultModel: gpt-5.6\nbaseUrl: https://m\u{FC}nchen.example/v1"),
        ("defaultModel: gpt-5.6", "defaultModel: gpt-5.6\nbaseUrl: https://m\u{FC}nchen.example/../v1"),
        ("defaultModel: gpt-5.6", "defaultModel: gpt-5.6\nbaseUrl: https://[::0:1]/v1"),
        ("defaultModel: gpt-5.6", "defaultModel: gpt-5.6\nconfig: {a: 0x10, b: 1e999, c: 12345678901234567890}"),
        ("secret: openai-prod", "secret: openai-prd"),
        ("secret: openai-prod", "secret: 'openai-prd'"),
    ])
    func fixesSiblingsWithEveryLineEnd(_ old: String, _ new: String) async throws {
        let text = RuleExample.provider.replacing(old, with: new)
        try #require(text != RuleExample.provider, "\(old)")
        let forms = [
            text, text.replacing("\n", with: "\r\n"), "\u{FEFF}" + text, String(text.dropLast()),
            "\n\n# \u{E4}\n" + text,
        ]
        for form in forms {
            let files = RuleExample.contents(replacing: "providers/acme/gpt-4o.yaml", Array(form.utf8))
            _ = try await expectSolved(by: files, new)
        }
    }

    @Test func suggestionsContainNoKey() async throws {
        let key = "sk-proj-" + String(repeating: "Ab3", count: 16)
        for text in ["name: \(key)", "\(key): 1", "secret: \(key)", "provider: \(key)", "defaultModel: 1 # \(key)"] {
            let provider = RuleExample.provider + text + "\n"
            let tree = MemoryTree(RuleExample.contents(replacing: "providers/acme/gpt-4o.yaml", Array(provider.utf8)))
            let output = try await rendered(tree)
            #expect(!output.contains(key))
            for line in output.split(separator: "\n") {
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                for suggestion in object?["suggestions"] as? [[String: Any]] ?? [] {
                    #expect(!((suggestion["text"] as? String) ?? "").contains("[redacted"))
                }
            }
        }
    }

    /// Applies each suggestion separately, and checks that its problem disappears; returns the number of suggestions.
    private func expectSolved(by files: [(String, [UInt8])], _ name: String) async throws -> Int {
        let before = try await problems(of: MemoryTree(files))
        var count = 0
        for problem in before {
            guard let suggestion = problem.suggestion else { continue }
            count += 1
            let index = try #require(files.firstIndex { $0.0 == problem.path })
            var changed = files
            changed[index].1 = try apply(suggestion, to: files[index].1)
            let after = try await problems(of: MemoryTree(changed))
            func occurrences(of problem: Problem, in problems: [Problem]) -> Int {
                problems.count { ($0.rule, $0.path, $0.message) == (problem.rule, problem.path, problem.message) }
            }
            #expect(occurrences(of: problem, in: after) < occurrences(of: problem, in: before), "\(name): \(problem)")
            // A problem of these rules can hide others, which are then reported.
            let hiding = ["invalid-encoding", "hidden-character", "invalid-base-url", "unknown-provider-slug"]
            if !hiding.contains(problem.rule) {
                let new = after.filter { found in found.isError && !before.contains { $0.message == found.message } }
                #expect(new.isEmpty, "\(name): \(problem)")
            }
        }
        return count
    }

    private struct Problem {
        var rule: String
        var path: String
        var message: String
        var isError: Bool
        var suggestion: [String: Any]?
    }

    private func problems(of tree: MemoryTree) async throws -> [Problem] {
        try await rendered(tree).split(separator: "\n").map { line in
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let location = try #require(object["location"] as? [String: Any])
            return Problem(
                rule: try #require((object["code"] as? [String: Any])?["value"] as? String),
                path: try #require(location["path"] as? String),
                message: try #require(object["message"] as? String),
                isError: object["severity"] as? String == "ERROR",
                suggestion: (object["suggestions"] as? [[String: Any]])?.first
            )
        }
    }

    private func rendered(_ tree: MemoryTree) async throws -> String {
        let today = try #require(Self.today)
        let checked = try await Compiler(Compiler.Options(today: today)).analyze(tree)
        let report = Report(
            diagnostics: checked.diagnostics,
            files: [],
            summary: checked.summary,
            rules: [],
            toolVersion: ""
        )
        return render(report, as: .rdjsonl)
    }

    private func apply(_ suggestion: [String: Any], to bytes: [UInt8]) throws -> [UInt8] {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let range = try #require(suggestion["range"] as? [String: [String: Int]])
        func offset(_ name: String) throws -> Int {
            let position = try #require(range[name])
            let (line, column) = (try #require(position["line"]), try #require(position["column"]))
            try #require(line >= 1 && line <= lines.count && column >= 1 && column <= lines[line - 1].count + 1)
            return lines[line - 1].startIndex + column - 1
        }
        let text = try #require(suggestion["text"] as? String)
        let (start, end) = (try offset("start"), try offset("end"))
        try #require(start <= end)
        return Array(bytes[..<start]) + Array(text.utf8) + Array(bytes[end...])
    }
}

extension RuleExample {
    /// The files of every example, one of them with other bytes.
    fileprivate static func contents(replacing path: String, _ bytes: [UInt8]) -> [(String, [UInt8])] {
        common.filter { $0.path != path }.map { ($0.path, Array($0.text.utf8)) } + [(path, bytes)]
    }

    /// The files of the example's repository that are text.
    fileprivate var contents: [(String, [UInt8])] {
        var own = files.filter { !$0.text.isEmpty }.map { ($0.path, Array($0.text.utf8)) }
        var missing: Set<String> = []
        for special in special {
            if case .bytes(let path, let bytes) = special { own.append((path, bytes)) }
            if case .missing(let path) = special { missing.insert(path) }
        }
        missing.formUnion(own.map(\.0))
        return Self.common.filter { !missing.contains($0.path) }.map { ($0.path, Array($0.text.utf8)) } + own
    }
}
