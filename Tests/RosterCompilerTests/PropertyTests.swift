import Foundation
import RosterBackend
import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterSources
import RosterTestSupport
import Testing

@testable import RosterCompiler

/// Properties of all files.
@Suite("Properties")
struct PropertyTests {
    @Test("Any order of the files, and any number of readers, gives the same bytes and the same report")
    func permutations() async throws {
        var files = try Self.exampleFiles()
        let expected = try await compile(files, concurrency: 1)
        #expect(expected.registry != nil)
        var random = SeededGenerator()
        for round in 0..<12 {
            files.shuffle(using: &random)
            #expect(try await compile(files, concurrency: round % 3 + 1) == expected)
        }
        var broken = try Self.exampleFiles().map {
            ($0.path, $0.path.hasPrefix("p") ? Array($0.bytes.dropLast(9)) : $0.bytes)
        }
        let report = try await compile(broken, concurrency: 1)
        #expect(report.registry == nil)
        for _ in 0..<12 {
            broken.shuffle(using: &random)
            #expect(try await compile(broken, concurrency: 2) == report)
        }
    }

    @Test("Thousands of files read by several readers keep their order")
    func manyFiles() async throws {
        var files: [(path: String, bytes: [UInt8])] = [("roster.yaml", Array(RuleExample.roster.utf8))]
        for number in 0..<2_000 {
            let id = "aip_" + String(String(number + 1_000_000).map { $0 }.prefix(7)) + "ABCDEFGHI"
            let text = "id: \(id)\nname: n\(number)\nprovider: ollama\ndefaultModel: m\n"
            files.append(("providers/acme/p\(number).yaml", Array(text.utf8)))
        }
        let one = try await compile(files, concurrency: 1)
        let many = try await compile(files, concurrency: 4)
        #expect(one == many)
        let handles = try #require(one.registry).split(separator: "\n").filter { $0.hasPrefix("      \"handle\": \"p") }
        #expect(handles.count == 2_000)
        #expect(handles == handles.sorted { $0.dropLast(2).utf8.lexicographicallyPrecedes($1.dropLast(2).utf8) })
    }

    @Test("A flipped byte in a fixture has diagnostics with places in the file")
    func flips() async throws {
        var random = SeededGenerator()
        var count = 0
        for folder in ["ok", "err"] {
            for name in Fixtures.names(folder) {
                let bytes = Array(
                    try Data(contentsOf: URL(fileURLWithPath: Fixtures.folder + "\(folder)/\(name).yaml"))
                )
                guard !bytes.isEmpty else { continue }
                for _ in 0..<60 {
                    var flipped = bytes
                    flipped[Int.random(in: 0..<bytes.count, using: &random)] ^=
                        1 << UInt8.random(in: 0..<8, using: &random)
                    let path = Self.path(of: name)
                    let others = RuleExample.common.filter { $0.path != path }.map { ($0.path, Array($0.text.utf8)) }
                    let checked = try await Compiler(Fixtures.options).analyze(MemoryTree(others + [(path, flipped)]))
                    for diagnostic in checked.diagnostics {
                        guard diagnostic.place.path == path, let span = diagnostic.place.span else { continue }
                        #expect(span.byteOffset >= 0 && span.byteOffset + span.byteLength <= flipped.count)
                        #expect(span.line >= 1 && span.column >= 1)
                    }
                    count += 1
                }
            }
        }
        #expect(count > 3_000)
    }

    @Test("A truncated file does not crash the compiler")
    func truncations() async throws {
        for text in [RuleExample.provider, RuleExample.roster, String(RuleExample.secret.prefix(300))] {
            let bytes = Array(text.utf8)
            let path =
                text.hasPrefix("roster")
                ? "roster.yaml" : text.contains("boxes") ? "secrets/acme/s.yaml" : "providers/acme/p.yaml"
            for length in 0..<bytes.count {
                _ = try await Compiler(Fixtures.options).analyze(
                    MemoryTree(
                        [(path, Array(bytes[..<length])), ("roster.yaml", Array(RuleExample.roster.utf8))].reversed()
                    )
                )
            }
        }
    }

    @Test("A node without text at the end of a file does not crash the compiler")
    func emptyNodesAtTheEnd() async throws {
        let files = [
            ("providers/acme/p.yaml", RuleExample.provider + "config: {a: 1}\nbaseUrl: x\n"),
            ("roster.yaml", RuleExample.roster), ("secrets/acme/s.yaml", RuleExample.secret),
        ]
        let endings = [
            "?", "? ", "? ?", ":", ": ", "-", "- ?", "- :", "{?", "{:", "[?", "[:", "&a", "!a", "? &a", "? !a", "? |",
        ]
        for (path, text) in files {
            let lines = text.split(separator: "\n")
            for (count, ending) in (0...lines.count).flatMap({ count in endings.map { (count, $0) } }) {
                let start = lines[..<count].map { "\($0)\n" }.joined()
                for indent in ["", "  ", "    "] {
                    let file = (path, Array((start + indent + ending).utf8))
                    let roster = ("roster.yaml", Array(RuleExample.roster.utf8))
                    let tree = MemoryTree(path == roster.0 ? [file] : [roster, file])
                    let checked = try await Compiler(Fixtures.options).analyze(tree)
                    for diagnostic in checked.diagnostics where diagnostic.place.path == path {
                        guard let span = diagnostic.place.span else { continue }
                        #expect(span.byteOffset + span.byteLength <= file.1.count, "\(start + indent + ending)")
                    }
                }
            }
        }
    }

    @Test("No format prints a key at any place", arguments: OutputFormat.allCases)
    func canary(format: OutputFormat) async throws {
        let canary = "CanaryCanary"
        let key = "sk-proj-\(canary)0123456789abcdefghij\(canary)"
        let provider = RuleExample.provider
        var places = [
            provider + "# \(key)\n",
            provider + "config:\n  note: \(key)\n",
            provider + "config:\n  note: \"\(key)\"\n",
            provider + "config:\n  note: 'a \(key) b'\n",
            provider + "config:\n  note: |\n    first\n    \(key)\n",
            provider + "config:\n  \(key): x\n",
            provider + "config: {apiKey: \(canary), b: [\(key)]}\n",
            provider + "config:\n  apiKey: \(canary)\n  password: {a: \(canary)}\n  token: |\n    \(canary)\n",
            provider + "\(key): x\n",
            provider + "apiKey: \(canary)\n",
            provider + "? \(key)\n: x\n",
            provider + "x: &a \(key)\n",
            provider + "x: !\(key) y\n",
            provider + "- \(key)\n",
            provider + "config: {a: \"\(key)\n",
            provider + "baseUrl: https://\(key)@example.com/\n",
            provider + "baseUrl: https://example.com/?key=\(key)\n",
            provider + "a: 1\na: \(key)\na: \(key)\n",
            provider + "x: \(key)\u{202e}\n",
            provider.replacing("provider: openai", with: "provider: \(key)"),
            provider.replacing("openai-prod", with: key),
            provider.replacing("aip_8QzKx0vT2mWb4NcR", with: key),
            provider.replacing("gpt-5.6\n", with: "[\(key)]\n"),
        ]
        let escaped = key.utf8.map { "\\x" + String($0, radix: 16) }.joined()
        places.append(provider + "config:\n  note: \"\(escaped)\"\n")
        let half = key.index(key.startIndex, offsetBy: 14)
        places.append(provider + "config:\n  note: \"\(key[..<half])\\\n    \(key[half...])\"\n")
        for (number, text) in places.enumerated() {
            let checked = try await Compiler(Fixtures.options).analyze(RuleExample(provider: text).tree)
            #expect(checked.hasErrors, "\(number)")
            let output = render(report(checked), as: format)
            #expect(!output.contains(canary), "\(number): \(text)")
            #expect(!output.contains("\\x43\\x61"), "\(number)")
        }
        let named = RuleExample(("providers/acme/\(key).txt", "x"), ("providers/acme/\(key).yaml", provider))
        let checked = try await Compiler(Fixtures.options).analyze(named.tree)
        #expect(checked.hasErrors)
    }

    private func report(_ checked: AnalyzedRepository) -> Report {
        Report(
            diagnostics: checked.diagnostics,
            files: checked.paths,
            summary: checked.summary,
            rules: RuleCatalogue.descriptions,
            toolVersion: "0"
        )
    }

    private struct Outcome: Equatable {
        var registry: String?
        var report: String
    }

    private func compile(_ files: [(path: String, bytes: [UInt8])], concurrency: Int) async throws -> Outcome {
        let options = Compiler.Options(today: CalendarDate(daysSince1970: 20_781), concurrency: concurrency)
        let checked = try await Compiler(options).analyze(MemoryTree(files))
        let history = TreeHistory.modificationTimes
        let registry = checked.registry(history: history).map {
            String(decoding: RegistryEncoder.encode($0), as: UTF8.self)
        }
        return Outcome(registry: registry, report: Fixtures.report(checked))
    }

    /// The example repository around the sources.
    private static func exampleFiles() throws -> [(path: String, bytes: [UInt8])] {
        let root = URL(fileURLWithPath: Fixtures.folder + "../..").standardizedFileURL
        var paths = ["roster.yaml"]
        for folder in ["providers", "secrets"] {
            for path in try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
            where path.hasSuffix(".yaml") { paths.append(folder + "/" + path) }
        }
        #expect(paths.count == 19)
        return try paths.map { ($0, Array(try Data(contentsOf: root.appending(path: $0)))) }
    }

    private static func path(of name: String) -> String {
        if name.hasPrefix("provider") { return "providers/acme/gpt-4o.yaml" }
        return name.hasPrefix("secret") ? "secrets/acme/openai-prod.yaml" : "roster.yaml"
    }
}
