import Foundation
import RosterTestSupport
import Testing

@testable import RosterCommands

/// The help text of each command is a file; `ROSTER_RECORD=1` records them, and still fails.
@Suite("Help texts")
struct HelpTextTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/help").path

    /// The paths of all commands: the program, the groups, and their commands.
    static let paths: [[String]] = paths(of: CommandShape.root, [])

    private static func paths(of command: CommandShape?, _ path: [String]) -> [[String]] {
        let commands = command?.commands.filter { $0.name != "help" } ?? []
        return [path] + commands.flatMap { paths(of: $0, path + [$0.name]) }
    }

    private static func help(_ path: [String]) async throws -> String {
        let run = try await RosterProgram(folder: "/").run(path + ["--help"])
        try #require(run.exitCode == 0 && run.error.isEmpty, "\(run)")
        return run.output
    }

    /// Returns the examples of a help text.
    static func examples(_ path: [String]) async throws -> [String] {
        let parts = try await help(path).components(separatedBy: "\nEXAMPLES:\n")
        try #require(parts.count == 2, "the help of \(path) has no examples")
        var examples: [String] = []
        for line in parts[1].split(separator: "\n") {
            if line.hasPrefix("  roster ") {
                examples.append(String(line.dropFirst(2)))
            } else {
                examples[examples.count - 1] += "\n" + line
            }
        }
        return examples
    }

    @Test func everyCommandHasAFixture() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
        #expect(Set(files) == Set(Self.paths.map { (["roster"] + $0).joined(separator: "-") + ".txt" }))
    }

    @Test(arguments: paths)
    func helpMatchesFixture(_ path: [String]) async throws {
        let text = try await Self.help(path)
        let name = (["roster"] + path).joined(separator: "-") + ".txt"
        let url = URL(fileURLWithPath: Self.folder).appending(path: name)
        if ProcessInfo.processInfo.environment["ROSTER_RECORD"] == "1" {
            try FileManager.default.createDirectory(atPath: Self.folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
            Issue.record("recorded \(name)")
        }
        #expect(text == String(decoding: try Data(contentsOf: url), as: UTF8.self))
        // The parser does not break the line of usage.
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.hasPrefix("USAGE: ") })
    }

    @Test(arguments: paths)
    func helpEndsWithExamplesOfTheCommand(_ path: [String]) async throws {
        let examples = try await Self.examples(path)
        #expect(path.isEmpty ? examples.count == 3 : (1...2).contains(examples.count))
        for example in examples {
            let line = try ExampleLine(example)
            #expect(path.isEmpty || line.words.starts(with: path), "\(example)")
        }
        #expect(try await Self.help(path).hasSuffix(try #require(examples.last) + "\n"))
    }

    @Test func everyWayToAskForHelpPrintsTheSame() async throws {
        let program = RosterProgram(folder: "/")
        for path in Self.paths {
            let text = try await Self.help(path)
            #expect(try await program.run(["help"] + path).output == text)
            #expect(try await program.run(path + ["-h"]).output == text)
        }
        for group in ["", "provider", "secret"] {
            let words = group.isEmpty ? [] : [group]
            #expect(try await program.run(words).output == Self.help(words))
        }
        #expect(try await program.run("--repo", "provider", "check", "--help").output == Self.help(["check"]))
    }

    @Test func programListsCommandsInGroups() async throws {
        let text = try await Self.help([])
        let groups = [
            ("START", ["init"]), ("CHECK AND REVIEW", ["check", "diff", "log", "blame"]),
            ("EDIT", ["provider", "project", "import"]), ("SECRETS AND ACCESS", ["secret", "key", "policy", "token"]),
            ("USE", ["models", "ping", "exec", "env"]),
            ("SERVE AND PUBLISH", ["compile", "publish", "publication", "export", "serve", "mcp"]),
            ("REFERENCE", ["explain", "schema", "openapi", "version"]),
        ]
        var rest = text[...]
        for (title, commands) in groups {
            rest = rest[try #require(rest.firstRange(of: "\n\(title):\n"), "\(title)").upperBound...]
            let section = rest[..<(rest.firstRange(of: "\n\n")?.lowerBound ?? rest.endIndex)]
            for command in commands { #expect(("\n" + section).contains("\n  \(command) "), "\(title): \(command)") }
        }
    }
}
