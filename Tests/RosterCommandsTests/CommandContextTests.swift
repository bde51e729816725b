import Foundation
import RosterModel
import RosterRuntime
import SealedBoxes
import RosterTestSupport
import RosterWorkspace
import Testing

@testable import RosterCommands

/// Commands that run inside this process, each in a separate context.
@Suite("Commands in process")
struct CommandContextTests {
    /// The result of a command.
    private struct Result {
        var exitCode: Int32
        var output: String
        var error: String
    }

    private func run(
        _ arguments: String...,
        in folder: ScratchFolder,
        input: String = "",
        isTerminal: Bool = false,
        variables: [String: String] = [:],
        changing change: (inout CommandContext) -> Void = { _ in }
    ) async -> Result {
        let (output, error) = (OutputBuffer(), OutputBuffer())
        let path = "/usr/local/bin:/usr/bin:/bin"
        var context = CommandContext(
            variables: EnvironmentVariables(["PATH": path, "HOME": folder.path].merging(variables) { $1 }),
            currentFolder: folder.path,
            standardInput: InputStream(Array(input.utf8), isTerminal: isTerminal),
            standardOutput: OutputStream(output),
            standardError: OutputStream(error, isTerminal: isTerminal)
        )
        change(&context)
        let exitCode = await RosterCommand.run(arguments: arguments, in: context)
        return Result(
            exitCode: exitCode,
            output: String(decoding: output.bytes, as: UTF8.self),
            error: String(decoding: error.bytes, as: UTF8.self)
        )
    }

    @Test func printsParserMessagesToContextStreams() async throws {
        let folder = try ScratchFolder()
        let help = await run("check", "--help", in: folder)
        #expect(help.exitCode == 0 && help.output.hasPrefix("OVERVIEW: Validate every file") && help.error.isEmpty)
        let version = await run("--version", in: folder)
        #expect(version.output == RosterBuild.current.text + "\n" && version.exitCode == 0)
        let usage = await run("check", "--staged", "--rev", "HEAD", in: folder)
        #expect(usage.exitCode == 64 && usage.output.isEmpty && usage.error.contains("--staged reads the index"))
        let group = await run("provider", in: folder)
        #expect(group.exitCode == 0 && group.output.contains("USAGE: roster provider"))
    }

    @Test func resolvesRelativePathsAgainstContextFolder() async throws {
        let folder = try ScratchFolder.repository()
        let written = await run("compile", "-o", "out.json", in: folder)
        #expect(written.exitCode == 0, "\(written.error)")
        let printed = await run("compile", in: folder)
        #expect(try folder.read("out.json") == printed.output)
        let compared = await run("compile", "--check", "-o", "out.json", in: folder)
        #expect(compared.exitCode == 0, "\(compared.error)")
        let elsewhere = await run("compile", "-o", "missing/out.json", in: folder)
        #expect(elsewhere.exitCode == 3 && elsewhere.error.contains("cannot write missing/out.json"))
        let shown = await run("secret", "show", "--textconv", "roster.yaml", in: folder)
        #expect(try shown.output == folder.read("roster.yaml"))
    }

    @Test func findsRepositoryInParentsOfContextFolder() async throws {
        let folder = try ScratchFolder.repository()
        let check = await run("check", in: folder) { $0.currentFolder += "/providers/acme" }
        #expect(check.exitCode == 0, "\(check.error)")
        let empty = try ScratchFolder()
        let missing = await run("check", in: empty)
        #expect(missing.exitCode == 3 && missing.error.contains("there is no roster.yaml in \(empty.path)"))
    }

    @Test func usesIDsAndDateOfContext() async throws {
        let folder = try ScratchFolder()
        let made = await run("init", "--project", "acme", in: folder) { context in
            context.makeID = { $0 + "0123456789abcdef" }
            context.now = { Timestamp(secondsSince1970: 1_000_000_000) }
        }
        #expect(made.exitCode == 0, "\(made.error)")
        let roster = try folder.read("roster.yaml")
        #expect(roster.contains("id: proj_0123456789abcdef\n") && roster.contains("name: made 2001-09-09\n"))
        let created = await run(
            "provider",
            "create",
            "--project",
            "acme",
            "--name",
            "A",
            "--provider",
            "ollama",
            "--default-model",
            "m",
            in: folder
        ) { $0.makeID = { $0 + "fedcba9876543210" } }
        #expect(created.exitCode == 0, "\(created.error)")
        #expect(try folder.read("providers/acme/a.yaml").contains("id: aip_fedcba9876543210\n"))
    }

    @Test func opensSecretsWithIdentityOfContext() async throws {
        let folder = try ScratchFolder()
        #expect(await run("init", "--project", "acme", in: folder).exitCode == 0)
        let sealed = await run("secret", "set", "acme/k", "--for", "openai", in: folder, input: "sk-0123456789abcdef")
        #expect(sealed.exitCode == 0, "\(sealed.error)")
        #expect(await run("secret", "verify", in: folder).exitCode == 0)
        let other = await run("secret", "verify", in: folder, variables: ["HOME": "/nonexistent"])
        #expect(other.exitCode == 3 && other.error.contains("there is no identity for acme/k"))
        let text = try #require(try identity(in: folder))
        let variable = await run(
            "secret",
            "verify",
            in: folder,
            variables: ["HOME": "/nonexistent", "ROSTER_IDENTITY": text]
        )
        #expect(variable.exitCode == 0, "\(variable.error)")
    }

    @Test func warnsOnceOfUnlockedMemory() async throws {
        let folder = try ScratchFolder()
        #expect(await run("init", "--project", "acme", in: folder).exitCode == 0)
        let warning = "memory for secrets could not be locked"
        let memory = UnlockedMemory { true }
        let first = await run("secret", "verify", in: folder) { $0.unlockedMemory = memory }
        #expect(first.exitCode == 0 && first.error.components(separatedBy: warning).count == 2, "\(first.error)")
        let second = await run("secret", "verify", in: folder) { $0.unlockedMemory = memory }
        #expect(second.exitCode == 0 && !second.error.contains(warning))
        let locked = await run("secret", "verify", in: folder) { $0.unlockedMemory = UnlockedMemory { false } }
        #expect(locked.exitCode == 0 && !locked.error.contains(warning))
    }

    @Test func compilesWithThreadsOfContext() async throws {
        let folder = try ScratchFolder.repository()
        let one = await run("compile", in: folder) { $0.cores = 1 }
        let seven = await run("compile", in: folder) { $0.cores = 7 }
        #expect(one.exitCode == 0 && one.output == seven.output)
    }

    private func identity(in folder: ScratchFolder) throws -> String? {
        let key = try #require(try folder.read("roster.yaml").firstMatch(of: /- id: (rk_[a-z0-9]+)/)?.1)
        return try folder.read(".config/roster/identities/\(key)")
    }

    @Test func promptsOnInMemoryTerminal() async throws {
        let folder = try ScratchFolder()
        #expect(await run("init", "--project", "acme", in: folder).exitCode == 0)
        let created = await run(
            "provider",
            "create",
            "--seal",
            "--provider",
            "openai",
            "--default-model",
            "m",
            in: folder,
            input: "\nMine\nsk-0123456789abcdef\n",
            isTerminal: true
        )
        #expect(created.exitCode == 0, "\(created.error)")
        #expect(created.error.contains("project [acme]: ") && created.error.contains("(is not shown): "))
        #expect(!created.error.contains("sk-0123456789abcdef") && !created.output.contains("sk-0123456789abcdef"))
        #expect(try folder.read("providers/acme/mine.yaml").contains("name: Mine\n"))
    }

    @Test func execsThroughContext() async throws {
        let folder = try ScratchFolder.repository()
        let run = await run("exec", "acme/local", "--", "curl", "-s", in: folder) { context in
            context.process.replace = { arguments, environment, inherited in
                let names = environment.variables.map(\.name).joined(separator: " ")
                let path = inherited.value(of: "PATH") ?? ""
                return CommandFailure(exitCode: 77, message: "\(arguments) \(names) \(path)")
            }
        }
        #expect(run.exitCode == 77, "\(run.error)")
        #expect(run.error.contains(#"["curl", "-s"] "#) && run.error.contains("/usr/bin"))
    }
}
