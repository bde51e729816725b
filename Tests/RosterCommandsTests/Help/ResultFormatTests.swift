import Foundation
import RosterTestSupport
import Testing

@testable import RosterCommands

/// Every command that lists or shows something has JSON, by `--format json` and by `--json`.
@Suite("Formats of results")
struct ResultFormatTests {
    /// Commands whose result is an action: files, a server, or another program.
    private static let acting: Set<[String]> = [
        ["init"], ["compile"], ["export"], ["serve"], ["mcp"], ["provider", "create"], ["provider", "update"],
        ["provider", "delete"], ["project", "add"], ["secret", "set"], ["secret", "verify"], ["secret", "reseal"],
        ["secret", "rename"], ["secret", "delete"], ["key", "generate"], ["key", "add"], ["key", "retire"],
        ["policy", "create"], ["policy", "delete"], ["token", "create"], ["token", "revoke"],
        ["models", "catalogue", "build"],
    ]

    /// Lines that list or show something in the repository of the examples, and whether their rows are records.
    private static let lines: [(line: String, hasHandles: Bool)] = [
        ("check", false), ("check providers/acme/gpt-4o.yaml", false), ("diff HEAD~1 HEAD", true),
        ("log acme/gpt-4o", true), ("blame acme/gpt-4o", true), ("provider list", true),
        ("provider show acme/gpt-4o", true), ("project list", true), ("secret list", true),
        ("secret show acme/openai-prod", true), ("key list", false), ("policy list", false), ("token list", false),
        ("models list acme/gpt-4o", false), ("models list --all --check", true),
        ("models list --all --check --dry-run", true), ("models catalogue show", false), ("models catalogue", false),
        ("models acme/gpt-4o", false),
        ("publish dir:published --key publishing.pem --rev HEAD --refresh --dry-run", false),
        ("publication show dir:published --trust trust.pem", false),
        ("models acme/gpt-4o --dry-run", true), ("ping acme/gpt-4o", true),
        ("ping acme/gpt-4o --dry-run", true), ("ping --all", true), ("ping --all --dry-run", true),
        ("import litellm config.yaml --project acme --dry-run", true),
        ("import env keys.env --project acme --dry-run", true),
        ("exec acme/gpt-4o --dry-run", true), ("exec --all --dry-run", true), ("env acme/gpt-4o", true),
        ("env --all --values", true), ("explain", false), ("explain unknown-secret", false),
        ("explain key-destination-changed", false), ("schema provider", false), ("openapi", false), ("version", false),
    ]

    private static func leaves(of command: CommandShape, _ path: [String] = []) -> [([String], CommandShape)] {
        command.commands.isEmpty
            ? [(path, command)] : command.commands.flatMap { leaves(of: $0, path + [$0.name]) }
    }

    @Test func everyListingCommandHasJSON() throws {
        let root = try #require(CommandShape.root)
        for (path, command) in Self.leaves(of: root) where path != ["help"] {
            let format = command.option(named: "--format")
            #expect((format == nil) == Self.acting.contains(path), "\(path)")
            #expect((command.option(named: "--json") == nil) == (format == nil), "\(path)")
            guard let format else { continue }
            #expect(format.values.contains("json"), "\(path)")
            let isTested = Self.lines.contains { $0.line.split(separator: " ").map(String.init).starts(with: path) }
            #expect(isTested, "\(path)")
        }
    }

    @Test func jsonFlagIsFormatJSON() async throws {
        let repository = try await ExampleRepository()
        let (folder, program) = try repository.copy()
        for (line, hasHandles) in Self.lines {
            let words = line.split(separator: " ").map(String.init)
            let long = try await program.run(words + ["--format", "json"])
            let short = try await program.run(words + ["--json"])
            #expect(long.exitCode == 0 && short.exitCode == 0, "\(line): \(long) \(short)")
            // Times and random ids differ between two runs.
            let isRepeatable =
                line.hasPrefix("ping")
                ? line.hasSuffix("--dry-run") : !line.hasPrefix("import") && !line.hasPrefix("publish ")
            #expect(!isRepeatable || long.output == short.output, "\(line)")
            #expect(try await program.run(words + ["--json", "--format=json"]).exitCode == 0, "\(line)")
            let value = try JSONSerialization.jsonObject(with: Data(short.output.utf8), options: .fragmentsAllowed)
            #expect(!hasHandles || short.output.contains("\"handle\": \""), "\(line): \(short.output)")
            #expect(value is [Any] || value is [String: Any], "\(line)")
        }
        withExtendedLifetime(folder) {}
    }

    @Test func twoFormatsAreWrongUsage() async throws {
        let program = RosterProgram(folder: "/")
        for (line, _) in Self.lines {
            for format in ["text", "markdown", "sarif", "nonsense"] {
                let run = try await program.run(
                    line.split(separator: " ").map(String.init) + ["--json", "--format", format]
                )
                #expect(run.exitCode == 64 && run.output.isEmpty && !run.error.isEmpty, "\(line) \(format): \(run)")
            }
        }
        let exec = try await program.run("exec", "acme/gpt-4o", "--json", "--", "env")
        #expect(exec.exitCode == 64 && exec.error.contains("--dry-run"))
    }

    @Test func recordsHaveTenMembersAndThenTheirHandle() async throws {
        let repository = try await ExampleRepository()
        let (folder, program) = try repository.copy()
        let members = [
            "id", "projectId", "secretId", "name", "provider", "defaultModel", "baseUrl", "config", "createdAt",
            "updatedAt", "handle",
        ]
        func names(_ text: String, indent: Int) -> [String] {
            let start = String(repeating: " ", count: indent) + "\""
            return text.split(separator: "\n").filter { $0.hasPrefix(start) }
                .compactMap { $0.split(separator: "\"").dropFirst().first.map(String.init) }
        }
        let list = try await program.run("provider", "ls", "--json").output
        #expect(names(list, indent: 4) == members)
        let show = try await program.run("provider", "get", "gpt-4o", "--json").output
        #expect(names(show, indent: 2) == members + ["endpoint"])
        #expect(list.contains("\"handle\": \"acme/gpt-4o\"") && show.contains("\"handle\": \"acme/gpt-4o\""))
        withExtendedLifetime(folder) {}
    }

    @Test func shownRequestsHideTheKey() async throws {
        let repository = try await ExampleRepository()
        let (folder, program) = try repository.copy()
        for line in [
            ["ping", "gpt-4o", "--dry-run"], ["exec", "gpt-4o", "--dry-run"], ["models", "gpt-4o", "--dry-run"],
        ] {
            let run = try await program.run(line + ["--json"])
            #expect(run.exitCode == 0 && run.output.contains("[redacted]") && !RuntimeRepository.shows(run), "\(line)")
        }
        let ping = try await program.run("ping", "gpt-4o", "--dry-run", "--json").output
        let request = try #require(try JSONSerialization.jsonObject(with: Data(ping.utf8)) as? [String: Any])
        #expect(
            request["method"] as? String == "POST"
                && (request["url"] as? String)?.hasSuffix("/chat/completions") == true
        )
        #expect((request["body"] as? [String: Any])?["model"] as? String == "m1")
        withExtendedLifetime(folder) {}
    }

    @Test func versionHasItsParts() async throws {
        let output = try await RosterProgram(folder: "/").run("version", "--json").output
        let version = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        #expect(Set(version.keys) == ["version", "commit", "date", "platform"])
        let text = try await RosterProgram(folder: "/").run("version").output
        #expect(text.hasPrefix("\(version["version"] as? String ?? "?") "))
    }
}
