import Foundation
import RosterTestSupport
import Testing

/// Findings of generated and of damaged configurations.
@Suite("Import: findings")
struct ImportLeafTests {
    /// A generator of configurations that counts their leaves.
    private struct Writer {
        var random: SeededGenerator
        var leaves = 0
        var depth = 0

        mutating func pick<Element>(_ elements: [Element]) -> Element {
            elements.randomElement(using: &random) ?? elements[0]
        }

        mutating func value() -> String {
            depth += 1
            defer { depth -= 1 }
            switch Int.random(in: 0..<(depth > 4 ? 6 : 9), using: &random) {
            case 6:
                let count = Int.random(in: 0..<3, using: &random)
                if count == 0 { leaves += 1 }
                return "[" + (0..<count).map { _ in value() }.joined(separator: ", ") + "]"
            case 7, 8:
                let names = Set((0..<Int.random(in: 0..<4, using: &random)).map { _ in pick(Self.names) }).sorted()
                if names.isEmpty { leaves += 1 }
                return "{" + names.map { "\($0): \(value())" }.joined(separator: ", ") + "}"
            default:
                leaves += 1
                return pick(Self.scalars)
            }
        }

        mutating func deployment() -> String {
            let names = Set((0..<Int.random(in: 0..<5, using: &random)).map { _ in pick(Self.parameters) }).sorted()
            leaves += 2
            let model = pick(Self.models)
            let rest = names.map { ", \($0): \(value())" }.joined()
            return "{model_name: \(pick(["a", "b", "\"c d\""])), litellm_params: {model: \(model)\(rest)}}"
        }

        mutating func file() -> String {
            var lines: [String] = []
            let count = Int.random(in: 0..<6, using: &random)
            if count == 0 { leaves += 1 }
            lines.append("model_list: [" + (0..<count).map { _ in deployment() }.joined(separator: ", ") + "]")
            for name in Set((0..<3).map { _ in pick(Self.sections) }).sorted() { lines.append("\(name): \(value())") }
            return lines.joined(separator: "\n") + "\n"
        }

        static let names = ["a", "b", "model", "api_key", "x-team", "gpt-4", "master_key"]
        static let scalars = [
            "1", "true", "null", "text", "'quoted'", "\"\"", "os.environ/OPENAI_API_KEY", "https://llm.example.com/v1",
            "0.5",
        ]
        static let models = [
            "openai/gpt-4o", "anthropic/claude-sonnet-4-6", "azure/x", "gemini/gemini-3.6-flash", "mistral/m", "x",
            "vertex_ai/y", "bedrock/amazon.nova-lite-v1:0", "openai/*", "ollama/llama3", "os.environ/MODEL", "'*'",
        ]
        static let parameters = [
            "api_key", "api_base", "api_version", "temperature", "rpm", "extra_headers", "organization", "timeout",
            "aws_region_name", "aws_access_key_id", "model_info", "tags", "custom_llm_provider", "unknown",
        ]
        static let sections = [
            "router_settings", "litellm_settings", "general_settings", "environment_variables", "credential_list",
            "other",
        ]
    }

    @Test("Every leaf of a generated configuration is in exactly one finding")
    func everyLeafOnce() async throws {
        var random = SeededGenerator()
        let repository = try await ImportRepository()
        let source = try ScratchFolder()
        for _ in 0..<60 {
            var writer = Writer(random: SeededGenerator(seed: random.next()))
            let text = writer.file()
            try source.write("config.yaml", text)
            let (run, json) = try await repository.imported("litellm", source.path + "/config.yaml", "--dry-run")
            let findings = try #require(json?.findings, "\(run)\n\(text)")
            #expect(findings.count == writer.leaves, "\(text)")
            #expect(Set(findings.map { "\($0.line):\($0.column)" }).count == findings.count, "\(text)")
            #expect(Set(findings.map(\.path)).count == findings.count && findings.allSatisfy { !$0.message.isEmpty })
        }
    }

    @Test("Every leaf of the configurations of the tests is in exactly one finding, in order")
    func leavesOfFixtures() async throws {
        let fixtures = try ImportFixtures()
        let repository = try await ImportRepository()
        for name in ImportFixtures.names {
            let (_, json) = try await repository.imported("litellm", fixtures.folder.path + "/" + name, "--dry-run")
            let findings = try #require(json?.findings, "\(name)")
            let places = findings.map { "\($0.file):\($0.line):\($0.column)" }
            #expect(Set(places).count == places.count && !places.isEmpty, "\(name)")
        }
    }

    @Test("Damaged files neither crash the import nor bring a key into its output or half of a change")
    func damagedFiles() async throws {
        var random = SeededGenerator()
        let fixtures = try ImportFixtures()
        let source = try ScratchFolder()
        let original = try await ImportRepository()
        let before = try original.files()
        let keys = try fixtures.folder.read("keys.env")
        for _ in 0..<250 {
            let name = ImportFixtures.names.randomElement(using: &random) ?? ""
            let config = Self.damage(Data(try fixtures.folder.read(name).utf8), &random)
            try source.write("config.yaml", config)
            try source.write(
                "keys.env",
                Bool.random(using: &random) ? Self.damage(Data(keys.utf8), &random) : Data(keys.utf8)
            )
            for command in [
                ["import", "litellm", source.path + "/config.yaml", "--env", source.path + "/keys.env"],
                ["import", "env", source.path + "/keys.env"],
            ] {
                let format = Bool.random(using: &random) ? ["--format", "json"] : []
                let run = try await original.program.run(command + ["--project", "acme"] + format)
                #expect([0, 1, 3].contains(run.exitCode), "\(run)")
                for key in fixtures.keys where key.utf8.count > 20 {
                    #expect(!(run.output + run.error).contains(key), "\(name): a key is in the output")
                }
                let written = try original.files().values
                for key in fixtures.keys where key.utf8.count > 20 {
                    let isInFile = written.contains { $0.firstRange(of: Data(key.utf8)) != nil }
                    #expect(!isInFile, "\(name): a key is in a file")
                }
                let check = try await original.program.run("check")
                if run.exitCode != 0 {
                    #expect(try original.files() == before, "\(name): \(run.error)")
                } else {
                    let rules = check.output + check.error
                    let others = rules.split(separator: "\n").filter {
                        $0.hasPrefix("error[") && !$0.hasPrefix("error[unknown-secret]")
                    }
                    #expect(others.isEmpty, "\(name): \(others)")
                }
                for folder in ["providers", "secrets"] {
                    try? FileManager.default.removeItem(atPath: original.folder.path + "/" + folder)
                }
            }
        }
    }

    /// Returns a file with a few bytes changed, removed, doubled or swapped.
    private static func damage(_ file: Data, _ random: inout SeededGenerator) -> Data {
        var bytes = Array(file)
        for _ in 0..<Int.random(in: 1..<6, using: &random) where bytes.count > 4 {
            let start = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, start + Int.random(in: 1..<30, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[start] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(start..<end)
            case 2: bytes.insert(contentsOf: Array(bytes[start..<end]), at: start)
            case 3:
                bytes.insert(
                    contentsOf: Array(": {}[]&*!|>'\"%@`\n\t-#,".utf8).shuffled(using: &random).prefix(3),
                    at: start
                )
            default: bytes.swapAt(start, end - 1)
            }
        }
        return Data(bytes)
    }
}
