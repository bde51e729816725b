import Foundation
import RosterTestSupport
import Testing

/// Plaintext values in the terminal, in memory and on disk.
@Suite("Commands: handling of plaintext values")
struct SecretHandlingTests {
    private func repository() async throws -> (folder: ScratchFolder, program: RosterProgram) {
        let home = try ScratchFolder()
        let folder = try ScratchFolder.repository(keeping: home)
        var program = RosterProgram(folder: folder.path)
        program.environment = ["XDG_CONFIG_HOME": home.path, "CREDENTIALS_DIRECTORY": nil]
        #expect(try await program.run("key", "generate", "--name", "first").exitCode == 0)
        return (folder, program)
    }

    @Test(.tags(.startsProgram)) func terminalDoesNotEchoTypedValue() async throws {
        let (folder, program) = try await repository()
        defer { withExtendedLifetime(folder) {} }
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "terminal_peer.py")
            .path
        let run = try program.tool(
            "python3",
            script,
            BuiltProgram.path,
            "TypedCanary",
            "secret",
            "set",
            "acme/new",
            "--for",
            "openai"
        )
        #expect(run.output.contains("value of acme/new (is not shown): "))
        #expect(run.output.contains("sealed acme/new, generation 1, for api.openai.com"))
        #expect(!run.output.contains("TypedCanary"))
        #expect(try await program.run("secret", "verify").exitCode == 0)
    }

    @Test(
        "A typed line that the terminal may have truncated is rejected",
        .tags(.startsProgram),
        arguments: [4_000, 4_095, 4_096, 5_000, 9_000]
    )
    func refusesLineCutByTerminal(length: Int) async throws {
        let (folder, program) = try await repository()
        defer { withExtendedLifetime(folder) {} }
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "terminal_peer.py")
            .path
        // The script exits with the code of the program, which `tool` would treat as a failure.
        let run = try program.tool(
            "sh",
            "-c",
            "python3 \"$@\"; true",
            "sh",
            script,
            BuiltProgram.path,
            String(repeating: "k", count: length),
            "secret",
            "set",
            "acme/new",
            "--for",
            "openai"
        )
        let isWhole = length < 4_094
        #expect(run.output.contains("sealed acme/new, generation 1") == isWhole, "\(run.output)")
        #expect(run.output.contains("the terminal cuts a line after 4,095 bytes") == !isWhole)
        #expect(FileManager.default.fileExists(atPath: folder.path + "/secrets/acme/new.yaml") == isWhole)
        #expect(!run.output.contains("kkkk"))
    }

    @Test(.tags(.startsProgram)) func signalsRestoreTerminalEcho() async throws {
        let (folder, program) = try await repository()
        defer { withExtendedLifetime(folder) {} }
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "terminal_signal_peer.py").path
        let run = try program.tool(
            "python3",
            script,
            BuiltProgram.path,
            "secret",
            "set",
            "acme/new",
            "--for",
            "openai"
        )
        let lines = run.output.split(separator: "\n")
        #expect(lines.count >= 38 && lines.allSatisfy { $0.hasPrefix("ok ") }, "\(run.output)")
        #expect(try await program.run("secret", "verify").exitCode == 0)
    }

    @Test(.tags(.startsProgram)) func disablesCoreDumps() async throws {
        let (folder, program) = try await repository()
        defer { withExtendedLifetime(folder) {} }
        let script = """
            ulimit -c unlimited || true
            sleep 3 | '\(BuiltProgram.path)' secret set acme/new --for openai & sleep 1
            for process in /proc/[0-9]*; do
                if [ "$(readlink $process/exe)" = '\(BuiltProgram.path)' ] && [ "$(readlink $process/cwd)" = "$PWD" ]; then
                    grep 'Max core file size' $process/limits
                fi
            done
            wait || true
            """
        let run = try program.tool("sh", "-c", script)
        #expect(run.output.split(separator: "\n").contains { $0.split(separator: " ").contains("0") }, "\(run)")
    }

    @Test(.tags(.startsProgram)) func interruptedResealLeavesWholeFilesAndCanBeRepeated() async throws {
        let (folder, program) = try await repository()
        let set = try await program.run(["secret", "set", "acme/s0", "--for", "openai"], input: Data("sk-x".utf8))
        #expect(set.exitCode == 0)
        for number in 1..<40 {
            let run = try await program.run(
                ["secret", "set", "acme/s\(number)", "--for", "openai"],
                input: Data("sk-\(number)".utf8)
            )
            #expect(run.exitCode == 0)
        }
        let old = try (0..<40).map { try folder.read("secrets/acme/s\($0).yaml") }
        #expect(try await program.run("key", "generate", "--name", "second").exitCode == 0)
        // The process is killed at different times, from before the first write to after the last.
        for delay in stride(from: 0.01, through: 0.2, by: 0.01) {
            try program.tool(
                "sh",
                "-c",
                "timeout -s KILL \(delay) '\(BuiltProgram.path)' secret reseal --all > /dev/null 2>&1 || true"
            )
            for number in 0..<40 {
                let text = try folder.read("secrets/acme/s\(number).yaml")
                let boxes = text.split(separator: "\n").count { $0.contains("box: ") }
                #expect(text == old[number] || boxes == 2 && text.hasSuffix("\n"), "secrets/acme/s\(number).yaml")
            }
        }
        #expect(try await program.run("secret", "reseal", "--all").exitCode == 0)
        #expect(try await program.run("secret", "verify").output == "verified 40 secrets\n")
        #expect(try await !program.run("check").output.contains("error"))
    }

    @Test func opensSecretsWithSeveralIdentities() async throws {
        let (folder, program) = try await repository()
        _ = try await program.run(["secret", "set", "acme/one", "--for", "openai"], input: Data("sk-1".utf8))
        let roster = try folder.read("roster.yaml")
        let identities = try #require(folder.companion).path + "/roster/identities/"
        let first = try #require(try FileManager.default.contentsOfDirectory(atPath: identities).first)
        #expect(try await program.run("key", "generate", "--name", "second").exitCode == 0)
        // A secret that only the second key opens, as after an incomplete rotation.
        try folder.write(
            "roster.yaml",
            roster.replacing("name: first", with: "name: first\n    retired: true")
                + String(try folder.read("roster.yaml").dropFirst(roster.count))
        )
        _ = try await program.run(["secret", "set", "acme/two", "--for", "openai"], input: Data("sk-2".utf8))
        let second = try #require(try FileManager.default.contentsOfDirectory(atPath: identities).first { $0 != first })
        func verify(_ names: String...) async throws -> Int32 {
            try await program.run(["secret", "verify"] + names.flatMap { ["--identity", identities + $0] }).exitCode
        }
        #expect(try await verify(first, second) == 0)
        #expect(try await verify(second, first) == 0)
        #expect(try await verify(first) == 3)
        #expect(try await verify(second) == 3)
    }
}
