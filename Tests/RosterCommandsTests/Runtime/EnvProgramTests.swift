import Foundation
import RosterTestSupport
import Synchronization
import Testing

@testable import RosterCommands

/// The names and values that `roster env` prints, read by the programs that they are for.
@Suite("roster env")
struct EnvProgramTests {
    /// A key of the characters that shells, JSON and readers of `.env` files treat in a special way.
    private static let key = #"sk-Canary'"\`#%$(x)$HOME!&|;<>*?[]~=+/,^Zz9"#
    private static let model = #"m 'q' "d" \b $HOME `x` #h ü"#

    private func repository(_ key: String = key, _ model: String = model) async throws -> RuntimeRepository {
        let repository = try await RuntimeRepository()
        try await repository.seal(key)
        let quoted = "\"\(model.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        try repository.add("openai", model: quoted, "secret: key\nbaseUrl: http://127.0.0.1:9/v1")
        try repository.add("anthropic", "secret: key\nbaseUrl: http://127.0.0.1:9")
        return repository
    }

    private static let expected = [
        "OPENAI_API_KEY": key, "OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "ROSTER_MODEL": model,
        "ROSTER_PROVIDER_ID": "aip_openaiAAAAAAAAAA",
    ]

    private func values(_ repository: RuntimeRepository, _ format: String, _ names: String...) async throws
        -> ProgramRun
    {
        try await repository.run(["env"] + (names.isEmpty ? ["openai"] : names) + ["--values", "--format", format])
    }

    @Test("A shell evaluates the lines to the values, and unsets what exec takes out", arguments: ["sh", "bash"])
    func shell(shell: String) async throws {
        var repository = try await repository()
        for name in ["OPENAI_ORG_ID", "HTTP_PROXY", "ROSTER_IDENTITY_FILE", "AWS_X-Y"] {
            repository.program.environment[name] = "stale"
        }
        repository.program.environment["ROSTER_IDENTITY_FILE"] = .some(nil)
        let run = try await values(repository, "sh")
        #expect(run.exitCode == 0 && run.error.isEmpty, "\(run)")
        try repository.folder.write("env.sh", run.output)
        let script = "set -eu; . ./env.sh; exec env -0"
        let tool = try repository.program.tool(shell, "-c", script)
        var found: [String: String] = [:]
        for entry in tool.output.split(separator: "\0") {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            found[parts[0]] = parts[1]
        }
        for (name, value) in Self.expected { #expect(found[name] == value, "\(name)") }
        #expect(found["OPENAI_ORG_ID"] == nil && found["HTTP_PROXY"] == nil && found["XDG_CONFIG_HOME"] != nil)
    }

    @Test("python-dotenv reads the values of a .env file")
    func dotenv() async throws {
        let repository = try await repository()
        let run = try await values(repository, "dotenv", "openai", "--prefix")
        #expect(run.exitCode == 0, "\(run)")
        try repository.folder.write("values.env", run.output)
        let script = "import dotenv, json; print(json.dumps(dotenv.dotenv_values('values.env')))"
        let tool = try repository.program.tool("python3", "-c", script)
        let found = try JSONDecoder().decode([String: String].self, from: Data(tool.output.utf8))
        let expected = [
            "ROSTER_ACME_OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "ROSTER_ACME_OPENAI_MODEL": Self.model,
            "ROSTER_ACME_OPENAI_PROVIDER": "openai", "ROSTER_ACME_OPENAI_API_KEY": Self.key,
        ]
        #expect(found == expected)
        #expect(run.output.contains("ROSTER_ACME_OPENAI_PROVIDER=openai\n"), "\(run)")
    }

    @Test("A value that readers of .env files would replace is refused")
    func dotenvReplacement() async throws {
        let repository = try await repository("sk-Canary-7f3Kq9Zt${Wm+2Lx8Rb5Yv1")
        let run = try await values(repository, "dotenv")
        #expect(run.exitCode == 3 && run.output.isEmpty && !run.error.contains("Canary"), "\(run)")
        #expect(run.error.contains("OPENAI_API_KEY") && run.error.contains("--format sh"), "\(run)")
        #expect(try await values(repository, "sh").exitCode == 0)
    }

    @Test("JSON has the values")
    func json() async throws {
        let repository = try await repository()
        let run = try await values(repository, "json", "openai", "anthropic")
        let list = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]] ?? []
        #expect(list.map { $0["handle"] as? String } == ["acme/openai", "acme/anthropic"])
        let first = list.first?["variables"] as? [[String: String]] ?? []
        let last = list.last?["variables"] as? [[String: String]] ?? []
        #expect(first.contains(["name": "OPENAI_API_KEY", "value": Self.key]))
        #expect(last.contains(["name": "ANTHROPIC_API_KEY", "value": Self.key]))
        let one = try await values(repository, "json")
        let object = try JSONSerialization.jsonObject(with: Data(one.output.utf8)) as? [String: Any]
        #expect(object?["handle"] as? String == "acme/openai")
        #expect(
            (object?["variables"] as? [[String: String]])?.contains(["name": "ROSTER_MODEL", "value": Self.model])
                == true
        )
    }

    /// Reads the file that `GITHUB_ENV` names, as the runner does.
    private func github(_ text: String) throws -> (variables: [String: String], delimiters: Set<String>) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        var (variables, delimiters): ([String: String], Set<String>) = ([:], [])
        while let line = lines.popFirst(), !line.isEmpty {
            let parts = line.components(separatedBy: "<<")
            try #require(parts.count == 2, "\(line)")
            var value: [String] = []
            while let next = lines.popFirst(), next != parts[1] { value.append(next) }
            variables[parts[0]] = value.joined(separator: "\n")
            delimiters.insert(parts[1])
        }
        #expect(lines.isEmpty)
        return (variables, delimiters)
    }

    @Test("GitHub's file has values between delimiters that differ each time, and the log masks the keys")
    func githubFile() async throws {
        var repository = try await repository()
        let outside = try await values(repository, "github")
        #expect(!outside.error.contains("::"))
        let first = try github(outside.output)
        #expect(first.variables == Self.expected)
        repository.program.environment["GITHUB_ACTIONS"] = "true"
        let inside = try await values(repository, "github")
        let second = try github(inside.output)
        #expect(second.variables == Self.expected && first.delimiters.isDisjoint(with: second.delimiters))
        #expect(second.delimiters.allSatisfy { $0.count >= 20 })
        let masks = inside.error.split(separator: "\n").filter { !$0.hasPrefix("note: exec would take out ") }
        let mask = "::add-mask::\(Self.key.replacing("%", with: "%25"))"
        #expect(masks.map(String.init) == [mask])
        // The output of a step is a log.
        for format in ["sh", "json", "dotenv"] {
            #expect(try await values(repository, format).error.hasPrefix(mask + "\n"), "\(format)")
        }
    }

    @Test("Without --values no identity is read, and no key is printed", arguments: ["sh", "json", "dotenv", "github"])
    func namesOnly(format: String) async throws {
        var repository = try await repository()
        let companion = try #require(repository.folder.companion).path
        // An identity that cannot be read would be an error.
        repository.program.environment["ROSTER_IDENTITY_FILE"] = companion + "/missing"
        repository.program.environment["XDG_CONFIG_HOME"] = "/nonexistent"
        let run = try await repository.run("env", "openai", "anthropic", "--format", format)
        #expect(run.exitCode == 0 && run.error.isEmpty && !run.output.contains("Canary"), "\(run)")
        let names = ["OPENAI_BASE_URL", "OPENAI_API_KEY", "ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY"]
        if format != "json" { #expect(run.output == names.map { $0 + "\n" }.joined()) }
        for name in names { #expect(run.output.contains(name)) }
        let prefixed = try await repository.run("env", "--all", "--format", format)
        #expect(prefixed.output.contains("ROSTER_ACME_OPENAI_API_KEY") && prefixed.exitCode == 0)
        let refused = try await repository.run("env", "openai", "--values", "--format", format)
        #expect(refused.exitCode == 3 && refused.output.isEmpty && refused.error.contains("/missing"), "\(refused)")
    }

    @Test("The names are those that exec sets", arguments: ExecProgramTests.cases)
    func sameNames(example: ExecProgramTests.Case) async throws {
        let repository = try await RuntimeRepository()
        if let key = example.key { try await repository.seal(key, hosts: ExecProgramTests.hosts) }
        try repository.add(example.slug, model: "m 1", (example.key == nil ? "" : "secret: key\n") + example.rest)
        let names = try await repository.run("env", "acme/\(example.slug)", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(names.output.utf8)) as? [String: Any]
        var found = Set((object?["variables"] as? [[String: String]] ?? []).compactMap { $0["name"] })
        #expect(found.isSuperset(of: ["ROSTER_MODEL", "ROSTER_PROVIDER_ID"]), "\(names)")
        found.subtract(["ROSTER_MODEL", "ROSTER_PROVIDER_ID"])
        // A key of bedrock has several forms, which only its secret shows.
        if example.slug == "bedrock" {
            #expect(found.isSuperset(of: example.expected.keys))
        } else {
            #expect(found == Set(example.expected.keys))
        }
    }

    @Test("Values are refused on a terminal before an identity is read")
    func terminal() async throws {
        let repository = try await repository()
        let (output, error) = (OutputBuffer(), OutputBuffer())
        var context = repository.program.context(output: output, error: error)
        context.standardOutput = OutputStream(output, isTerminal: true)
        let code = await RosterCommand.run(arguments: ["env", "acme/openai", "--values"], in: context)
        #expect(code == 64 && output.bytes.isEmpty)
        #expect(String(decoding: error.bytes, as: UTF8.self).contains("the output is a terminal"))
        #expect(await RosterCommand.run(arguments: ["env", "acme/openai"], in: context) == 0)
        withExtendedLifetime(repository) {}
    }

    @Test("The process is hardened before a key is read, and only then")
    func hardening() async throws {
        let repository = try await repository()
        for (options, isHardened) in [([], false), (["--values"], true)] {
            let calls = Mutex(0)
            let output = OutputBuffer()
            var context = repository.program.context(output: output, error: OutputBuffer())
            context.process.harden = {
                #expect(output.bytes.isEmpty)
                calls.withLock { $0 += 1 }
            }
            #expect(await RosterCommand.run(arguments: ["env", "openai", "anthropic"] + options, in: context) == 0)
            #expect((calls.withLock { $0 } > 0) == isHardened)
        }
        withExtendedLifetime(repository) {}
    }

    @Test("A key is not printed for a destination that its secret does not allow")
    func destination() async throws {
        let repository = try await repository()
        try await repository.seal(Self.key, "acme/narrow", hosts: ["127.0.0.1:9/v1/"])
        try repository.add("groq", "secret: narrow\nbaseUrl: http://127.0.0.1:9/a/openai/v1")
        let run = try await values(repository, "sh", "groq")
        #expect(run.exitCode == 3 && run.output.isEmpty && !run.error.contains("Canary"), "\(run)")
    }
}
