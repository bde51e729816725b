import Foundation
import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterSources
import RosterTestSupport
import Testing

@testable import RosterCompiler

/// Names and values that are keys, and as many that are not, each a line of `config` or a comment.
///
/// `{a20}` is replaced by 20 random letters and digits, `{A16}` by capitals and digits, `{hex32}` by hex digits, `{uuid}`
/// by a UUID, and `\n` by a line end, so that this repository contains no text with the shape of a foreign key.
@Suite("Plaintext keys")
struct PlaintextKeyCorpusTests {
    private static let seed = TestSeed.of()

    private struct Line {
        var text: String
        /// The text that must not be shown.
        var values: [String]
    }

    private static func lines(_ name: String) throws -> [Line] {
        let text = try String(contentsOfFile: Fixtures.folder + "plaintext-keys/\(name).txt", encoding: .utf8)
        var numbers = SeededGenerator(seed: seed)
        return text.split(separator: "\n").map { line in
            var values: [String] = []
            let expanded = line.replacing(/\{(a|A|hex|uuid)([0-9]*)\}/) { match in
                let value = random(String(match.1), Int(match.2) ?? 0, &numbers)
                values.append(value)
                return value
            }
            return Line(text: String(expanded).replacing("\\n", with: "\n  "), values: values)
        }
    }

    private static func random(_ kind: String, _ count: Int, _ numbers: inout SeededGenerator) -> String {
        let small = "abcdefghijklmnopqrstuvwxyz"
        func text(_ alphabet: String, _ count: Int) -> String {
            String((0..<count).compactMap { _ in alphabet.randomElement(using: &numbers) })
        }
        switch kind {
        // A digit in the middle and letters around it: neither a number nor a word.
        case "a": return text(small, 4) + "7" + text(small + small.uppercased() + "0123456789", count - 6) + "q"
        case "A": return text(small.uppercased() + "0123456789", count)
        case "hex": return text("0123456789", 1) + text("0123456789abcdef", count - 2) + "f"
        default: return [8, 4, 4, 4, 12].map { text("0123456789abcdef", $0) }.joined(separator: "-")
        }
    }

    /// Returns the problems of one provider with all lines.
    private static func check(_ lines: [Line]) async throws -> [[Diagnostic]] {
        var example = RuleExample.common.map { (path: $0.path, bytes: Array($0.text.utf8)) }
        for (number, line) in lines.enumerated() {
            example.append((path: path(number), bytes: Array(file(number, line).utf8)))
        }
        let today = try #require(CalendarDate("2026-11-24"))
        let checked = try await Compiler(Compiler.Options(today: today)).analyze(MemoryTree(example))
        return lines.indices.map { number in checked.diagnostics.filter { $0.place.path == path(number) } }
    }

    private static func path(_ number: Int) -> String { "providers/acme/p\(number).yaml" }

    private static func file(_ number: Int, _ line: Line) -> String {
        let id = String(repeating: "0", count: 16 - String(number).count) + String(number)
        return """
            id: aip_\(id)
            name: Provider \(number)
            provider: openai
            defaultModel: gpt-5.6
            secret: openai-prod
            config:
              other: 1
              \(line.text)

            """
    }

    @Test func reportsAndMasksEveryKey() async throws {
        let lines = try Self.lines("keys")
        #expect(lines.count >= 150)
        for (line, found) in zip(lines, try await Self.check(lines)) {
            let keys = found.filter { $0.rule == "plaintext-key" }
            #expect(keys.count >= 1 && keys.allSatisfy { $0.severity == .error }, "\(line.text)\n\(found) \(Self.seed)")
            let values = line.values + ["hunter2"]
            for diagnostic in found {
                let shown = [diagnostic.message, diagnostic.help, diagnostic.label, diagnostic.replacement?.text]
                let excerpts = ([diagnostic.place] + diagnostic.related.map(\.place)).map(\.excerpt?.text)
                for text in (shown + excerpts).compactMap(\.self) {
                    #expect(!values.contains { text.contains($0) }, "\(line.text)\n\(text) \(Self.seed)")
                }
            }
            let masked = MaskedText(Array(Self.file(0, line).utf8)).text
            #expect(masked.contains("[redacted]"), "\(line.text)")
            #expect(!values.contains { masked.contains($0) }, "\(line.text)\n\(masked) \(Self.seed)")
        }
    }

    @Test func hasNoFalsePositives() async throws {
        let lines = try Self.lines("not-keys")
        #expect(lines.count >= 150)
        for (line, found) in zip(lines, try await Self.check(lines)) {
            #expect(!found.contains { $0.rule == "plaintext-key" }, "\(line.text)\n\(found) \(Self.seed)")
        }
    }

    @Test func reportsEachNameOnce() async throws {
        let lines = [
            Line(text: "openai_api_keys: [abcdefghijklmnop7, qrstuvwxyzabcdef7]", values: []),
            Line(text: "OPENAI_API_KEY: hf_" + String(repeating: "a7", count: 17), values: []),
            Line(text: "headers: {x-up-auth: Bearer abcdefghijklmnop7}", values: []),
        ]
        for (line, found) in zip(lines, try await Self.check(lines)) {
            #expect(found.filter { $0.rule == "plaintext-key" }.count == 1, "\(line.text)\n\(found)")
        }
    }

    @Test func findsKeysInEveryKindOfFile() async throws {
        let key = "hf_" + String(repeating: "a7", count: 17)
        for (path, text) in RuleExample.common {
            var files = Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) })
            files[path] = text + "# \(key) Bearer abcdefghijklmnop7 redis://u:hunter2@h\n"
            let tree = MemoryTree(files.map { (path: $0.key, bytes: Array($0.value.utf8)) })
            let today = try #require(CalendarDate("2026-11-24"))
            let found = try await Compiler(Compiler.Options(today: today)).analyze(tree).diagnostics
            #expect(found.filter { $0.rule == "plaintext-key" && $0.place.path == path }.count == 3, "\(found)")
        }
    }
}
