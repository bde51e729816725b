import Foundation
import RosterTestSupport
import Testing

/// Programs that use several providers.
@Suite("roster exec with several providers")
struct SeveralProvidersTests {
    private static let key = RuntimeRepository.key
    private static let other = "sk-Canary-Other-5Rt8Kw2Zq/Lm+4Xc7Vb9Ny1"

    /// Three providers of different SDKs, two of the same, and a local one without a key.
    static func repository() async throws -> RuntimeRepository {
        let repository = try await RuntimeRepository()
        try await repository.seal(key, hosts: ["127.0.0.1"])
        try await repository.seal(other, "acme/other", hosts: ["127.0.0.1"])
        try await repository.seal(RuntimeRepository.pair, "acme/pair", hosts: ["127.0.0.1"])
        try repository.add("openai", "secret: key\nbaseUrl: http://127.0.0.1:9/v1")
        try repository.add("openai", handle: "twin", model: "m2", "secret: key\nbaseUrl: http://127.0.0.1:9/v1")
        try repository.add("gateway", model: "m3", "secret: other\nbaseUrl: http://127.0.0.1:9/gw")
        try repository.add("anthropic", "secret: other\nbaseUrl: http://127.0.0.1:9")
        try repository.add("ollama", "baseUrl: http://127.0.0.1:9")
        try repository.add("custom", "baseUrl: http://127.0.0.1:9/x")
        try repository.add("bedrock", "secret: pair\nbaseUrl: http://127.0.0.1:9\nconfig: {region: eu-central-1}")
        return repository
    }

    /// Returns the variables of a program, of which no name is there twice.
    private func variables(_ run: ProgramRun) throws -> [String: String] {
        try #require(run.exitCode == 0, "\(run.error)")
        var found: [String: String] = [:]
        for entry in run.output.split(separator: "\0") {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            #expect(found.updateValue(parts[1], forKey: parts[0]) == nil, "\(parts[0]) is there twice")
        }
        return found
    }

    @Test("Each provider's variables are set, and those that one provider takes out are out")
    func unionOfVariables() async throws {
        var repository = try await Self.repository()
        for name in ["OPENAI_ORG_ID", "ANTHROPIC_AUTH_TOKEN", "HTTP_PROXY", "ROSTER_MODEL", "GEMINI_API_KEY"] {
            repository.program.environment[name] = "stale"
        }
        repository.program.environment["UNRELATED"] = "kept"
        let found = try variables(
            try await repository.run(
                "exec",
                "acme/openai",
                "anthropic",
                "acme/bedrock",
                "acme/ollama",
                "--",
                "env",
                "-0"
            )
        )
        let expected = [
            "OPENAI_API_KEY": Self.key, "OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "ANTHROPIC_API_KEY": Self.other,
            "ANTHROPIC_BASE_URL": "http://127.0.0.1:9", "OLLAMA_HOST": "http://127.0.0.1:9",
            "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "UNRELATED": "kept",
            "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": "http://127.0.0.1:9",
        ]
        for (name, value) in expected { #expect(found[name] == value, "\(name)") }
        let absent = [
            "OPENAI_ORG_ID", "ANTHROPIC_AUTH_TOKEN", "HTTP_PROXY", "GEMINI_API_KEY", "ROSTER_MODEL",
            "ROSTER_PROVIDER_ID",
        ]
        for name in absent { #expect(found[name] == nil, "\(name)") }
    }

    @Test(
        "Two providers of one SDK need the same variables, present or absent",
        arguments: [
            (["openai", "gateway"], "OPENAI_BASE_URL"), (["gateway", "custom"], "OPENAI_BASE_URL"),
            (["custom", "openai", "anthropic"], "OPENAI_BASE_URL"),
            (["bedrock", "bearer"], "AWS_ENDPOINT_URL_BEDROCK_RUNTIME"),
            (["bearer", "bedrock"], "AWS_BEARER_TOKEN_BEDROCK"),
        ]
    )
    func conflict(providers: [String], variable: String) async throws {
        let repository = try await Self.repository()
        // Its bearer token would go where the endpoint of the other provider is.
        let hosts = ["bedrock-runtime.eu-central-1.amazonaws.com", "bedrock.eu-central-1.amazonaws.com"]
        try await repository.seal(#"{"apiKey":"ABSKx/y="}"#, "acme/bearer", hosts: hosts)
        try repository.add("bedrock", handle: "bearer", "secret: bearer\nconfig: {region: eu-central-1}")
        let names = providers.map { "acme/\($0)" }
        let run = try await repository.run(["exec"] + names + ["--", "env"])
        #expect(run.exitCode == 64 && run.output.isEmpty && !RuntimeRepository.shows(run), "\(run)")
        #expect(run.error.contains("\(names[0]) and \(names[1]) need different values of "), "\(run)")
        #expect(run.error.contains(variable) || providers[0] == "bearer", "\(run)")
        let first = try variables(
            try await repository.run(["exec", "--connect-timeout", "2", "--first-wins"] + names + ["--", "env", "-0"])
        )
        let alone = try variables(
            try await repository.run(["exec", "--connect-timeout", "2", names[0], "--", "env", "-0"])
        )
        // No variable of the second provider is set, not even one that the first leaves unset.
        let prefixes = ["OPENAI_", "AWS_", "ROSTER_"]
        func own(_ variables: [String: String]) -> [String: String] {
            variables.filter { variable in prefixes.contains { variable.key.hasPrefix($0) } }
        }
        #expect(own(first) == own(alone))
    }

    @Test("Two providers with equal variables go together")
    func equalValues() async throws {
        let repository = try await Self.repository()
        let found = try variables(try await repository.run("exec", "openai", "twin", "openai", "--", "env", "-0"))
        #expect(found["OPENAI_API_KEY"] == Self.key && found["ROSTER_MODEL"] == nil)
    }

    @Test("With --first-wins the secret of a provider that is left out is not opened")
    func leftOutIsNotOpened() async throws {
        let repository = try await Self.repository()
        let text = try repository.folder.read("secrets/acme/other.yaml")
        try repository.folder.write("secrets/acme/other.yaml", text.replacing("generation: 1", with: "generation: 2"))
        let run = try await repository.run("exec", "--first-wins", "openai", "gateway", "--dry-run")
        #expect(run.exitCode == 0 && run.output.contains("ROSTER_MODEL=m1\n"), "\(run)")
        #expect(run.error == "note: acme/gateway is left out: acme/openai has its variables\n")
    }

    @Test("With prefixes no variable of an SDK is set")
    func prefixes() async throws {
        var repository = try await Self.repository()
        repository.program.environment["ROSTER_ACME_OLLAMA_API_KEY"] = "stale"
        repository.program.environment["roster_acme_openai_region"] = "stale"
        repository.program.environment["OPENAI_API_KEY"] = "stale"
        let run = try await repository.run(
            ["exec", "--prefix", "openai", "gateway", "custom", "bedrock", "ollama", "--", "env", "-0"]
        )
        let found = try variables(run).filter {
            $0.key.uppercased().hasPrefix("ROSTER_") || $0.key.hasPrefix("OPENAI_")
        }
        let expected = [
            "OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "OPENAI_MODEL": "m1", "OPENAI_PROVIDER": "openai",
            "OPENAI_API_KEY": Self.key, "GATEWAY_BASE_URL": "http://127.0.0.1:9/gw", "GATEWAY_MODEL": "m3",
            "GATEWAY_PROVIDER": "gateway", "GATEWAY_API_KEY": Self.other, "CUSTOM_BASE_URL": "http://127.0.0.1:9/x",
            "CUSTOM_MODEL": "m1", "CUSTOM_PROVIDER": "custom", "CUSTOM_API_KEY": "unused",
            "BEDROCK_BASE_URL": "http://127.0.0.1:9", "BEDROCK_MODEL": "m1", "BEDROCK_PROVIDER": "bedrock",
            "BEDROCK_REGION": "eu-central-1", "BEDROCK_AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
            "BEDROCK_AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "OLLAMA_BASE_URL": "http://127.0.0.1:9", "OLLAMA_MODEL": "m1", "OLLAMA_PROVIDER": "ollama",
        ]
        #expect(found == Dictionary(uniqueKeysWithValues: expected.map { ("ROSTER_ACME_\($0)", $1) }))
    }

    @Test("A prefix can be chosen, and --prefix without a value precedes a provider")
    func chosenPrefixes() async throws {
        let repository = try await Self.repository()
        for line in [
            "--prefix JUDGE=acme/gateway openai", "openai --prefix=JUDGE=gateway",
            "--prefix openai --prefix JUDGE=gateway",
            "--prefix JUDGE=gateway --prefix -- true", "openai gateway --prefix JUDGE=acme/gateway --prefix",
        ] where !line.contains("--prefix --") {
            let run = try await repository.run(["exec"] + line.split(separator: " ").map(String.init) + ["--dry-run"])
            #expect(run.exitCode == 0, "\(line): \(run.error)")
            #expect(run.output.contains("JUDGE_API_KEY=[redacted]\n"), "\(line): \(run)")
            #expect(run.output.contains("ROSTER_ACME_OPENAI_API_KEY=[redacted]\n"), "\(line): \(run)")
            #expect(!run.output.contains("ROSTER_ACME_GATEWAY") && !RuntimeRepository.shows(run))
        }
        let program = try await repository.run(
            "exec",
            "openai",
            "--prefix",
            "--",
            "sh",
            "-c",
            "echo $1-$2",
            "--",
            "--prefix",
            "--"
        )
        #expect(program.output == "--prefix---\n", "\(program)")
    }

    @Test(
        "Wrong words are explained",
        arguments: [
            ("exec --prefix A-B=openai -- env", 64, "NAME=PROVIDER"),
            ("exec --prefix =openai -- env", 64, "NAME=PROVIDER"),
            ("exec --prefix A= -- env", 64, "NAME=PROVIDER"), ("exec --prefix -- env", 64, "name a provider"),
            ("exec --prefix openai_x=openai -- env", 64, "are those of SDKs"),
            ("exec --prefix A=openai --prefix B=openai -- env", 64, "has two prefixes: A and B"),
            (
                "exec --prefix A=openai --prefix A=gateway -- env", 64,
                "acme/openai and acme/gateway have the same prefix A"
            ),
            ("exec --prefix --first-wins openai -- env", 64, "leave --first-wins out"),
            ("exec --all openai -- env", 64, "--all takes every provider: leave it out, or openai"),
            ("exec --project acme openai -- env", 64, "--project goes with --all"),
            ("exec --ambient openai -- env", 64, "--ambient goes with --all"),
            ("exec --all --project acne -- env", 3, "did you mean \"acme\"?"),
            ("exec --all", 64, "needs the program to run"),
            ("exec -- env", 64, "exec needs <provider>"), ("env", 64, "env needs <provider>"),
            ("exec acme/openai acme/gateway", 64, "acme/gateway -- COMMAND"),
            ("exec openai python3 app.py", 64, "roster exec openai -- python3 app.py"),
            ("exec opnai nothing -- env", 3, "2 providers cannot be used"),
        ]
    )
    func mistakes(line: String, exitCode: Int32, words: String) async throws {
        let repository = try await Self.repository()
        let run = try await repository.run(line.split(separator: " ").map(String.init))
        #expect(run.exitCode == exitCode && run.error.contains(words) && run.output.isEmpty, "\(line): \(run)")
    }

    @Test("Two names with the same prefix are refused")
    func equalPrefixes() async throws {
        let repository = try await Self.repository()
        #expect(try await repository.run("project", "add", "acme-x", "--name", "X").exitCode == 0)
        try repository.add("ollama", handle: "x-local", "")
        let text = try repository.folder.read("providers/acme/x-local.yaml")
        try repository.folder.write("providers/acme-x/local.yaml", text.replacing("aip_xlocal", with: "aip_ylocal"))
        #expect(try await repository.run("check").exitCode == 0)
        let run = try await repository.run("exec", "--all", "--dry-run")
        #expect(run.exitCode == 64, "\(run)")
        let words = "acme/x-local and acme-x/local have the same prefix ROSTER_ACME_X_LOCAL"
        #expect(run.error.contains(words), "\(run)")
        let chosen = try await repository.run("exec", "--all", "--prefix", "LOCAL=acme/x-local", "--dry-run")
        #expect(chosen.exitCode == 0 && chosen.output.contains("\nLOCAL_MODEL=m1\n"), "\(chosen)")
        let project = try await repository.run("exec", "--all", "--project", "acme-x", "--dry-run")
        #expect(project.output.hasPrefix("ROSTER_ACME_X_LOCAL_BASE_URL=") && !project.output.contains("OPENAI"))
    }

    @Test("--all starts no program unless every provider can be used, and names each that cannot")
    func everyFailure() async throws {
        let repository = try await Self.repository()
        try await repository.seal(Self.key, "acme/far", hosts: ["127.0.0.1"])
        try repository.add("openai", handle: "far", "secret: far\nbaseUrl: https://elsewhere.example.org/v1")
        try repository.folder.write("providers/acme/broken.yaml", "id: x\n")
        let text = try repository.folder.read("secrets/acme/other.yaml")
        try repository.folder.write("secrets/acme/other.yaml", text.replacing("generation: 1", with: "generation: 2"))
        let closed = try await repository.run("exec", "--all", "--", "env")
        #expect(closed.exitCode == 3 && closed.output.isEmpty && !RuntimeRepository.shows(closed), "\(closed)")
        for name in ["acme/anthropic", "acme/gateway"] {
            #expect(closed.error.contains("error: \(name): acme/other does not open"), "\(closed)")
        }
        for name in ["acme/far", "acme/broken"] {
            #expect(closed.error.contains("error: \(name) has errors, and is not used"), "\(closed)")
        }
        #expect(closed.error.contains("4 providers cannot be used"), "\(closed)")
    }

    @Test("--all leaves providers with the host's own identity out unless they are asked for")
    func ambient() async throws {
        var repository = try await Self.repository()
        try repository.add("bedrock", handle: "host", "config: {region: eu-central-1, auth: ambient}")
        repository.program.environment["AWS_ACCESS_KEY_ID"] = "AKIAAMBIENTAMBIENT12"
        repository.program.environment["AWS_SECRET_ACCESS_KEY"] = "ambientambientambient"
        let without = try await repository.run("exec", "--all", "--dry-run")
        #expect(without.exitCode == 0 && !without.output.contains("ACME_HOST"), "\(without)")
        #expect(without.error.contains("acme/host is left out"), "\(without)")
        let with = try await repository.run("exec", "--all", "--ambient", "--dry-run")
        #expect(with.output.contains("ROSTER_ACME_HOST_AWS_SECRET_ACCESS_KEY=[redacted]\n"), "\(with)")
        #expect(!with.output.contains("ambientambient") && with.error.isEmpty, "\(with)")
    }

    @Test("Identities that can be read once open the secrets of all providers")
    func identityFromPipe() async throws {
        let repository = try await Self.repository()
        let folder = try #require(repository.folder.companion).path + "/roster/identities"
        let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
        let pipe = repository.folder.path + "/identity.pipe"
        try repository.program.tool("mkfifo", "-m", "600", pipe)
        let writer = Process()
        writer.executableURL = URL(fileURLWithPath: "/bin/sh")
        writer.arguments = ["-c", "cat \"$0\" > \"$1\"", folder + "/" + file, pipe]
        try writer.run()
        let run = try await repository.run("exec", "--all", "--identity", pipe, "--dry-run")
        writer.waitUntilExit()
        #expect(run.exitCode == 0 && run.output.contains("ROSTER_ACME_OPENAI_API_KEY=[redacted]"), "\(run)")
    }

    @Test(
        "The SDK of OpenAI uses local servers without a key",
        arguments: [
            ("ollama", "", "/v1"), ("ollama", "/x", "/x/v1"), ("custom", "/v1", "/v1"), ("gateway", "/gw", "/gw"),
        ]
    )
    func keylessServer(slug: String, path: String, base: String) async throws {
        let server = try RecordingServer()
        var repository = try await RuntimeRepository()
        try repository.add(slug, "baseUrl: \(server.url)\(path)")
        repository.program.environment["OPENAI_API_KEY"] = "sk-stale"
        repository.program.environment["OPENAI_BASE_URL"] = "http://127.0.0.1:1"
        let peer = ["python3", RecordingServer.script("sdk_peer.py"), "environment", "custom"]
        let run = try await repository.run(["exec", slug, "--"] + peer)
        #expect(run.exitCode == 0, "\(run.error)")
        let records = try server.records()
        #expect(records.map(\.target) == ["\(base)/models", "\(base)/chat/completions"])
        for record in records { #expect(record.header("authorization") == "Bearer unused") }
    }

    @Test("Each SDK of one program sends its own key to its own server")
    func severalSDKs() async throws {
        let servers = try (0..<3).map { _ in try RecordingServer() }
        let repository = try await RuntimeRepository()
        try await repository.seal(Self.key)
        try await repository.seal(Self.other, "acme/other")
        try repository.add("openai", "secret: key\nbaseUrl: \(servers[0].url)/v1")
        try repository.add("anthropic", "secret: other\nbaseUrl: \(servers[1].url)")
        try repository.add("ollama", "baseUrl: \(servers[2].url)")
        let script = #"""
            import os, anthropic, ollama, openai
            messages = [{"role": "user", "content": "ping"}]
            assert "ROSTER_MODEL" not in os.environ
            openai.OpenAI(max_retries=0).chat.completions.create(model="m", messages=messages)
            anthropic.Anthropic(max_retries=0).messages.create(model="m", max_tokens=16, messages=messages)
            ollama.chat(model="m", messages=messages)
            """#
        let run = try await repository.run("exec", "--all", "--", "true")
        #expect(run.exitCode == 0, "\(run.error)")
        let names = ["openai", "anthropic", "ollama"]
        let program = try await repository.run(["exec"] + names + ["--", "python3", "-c", script])
        #expect(program.exitCode == 0, "\(program.error)")
        let records = try servers.map { try $0.records() }
        #expect(records.map { $0.map(\.target) } == [["/v1/chat/completions"], ["/v1/messages"], ["/api/chat"]])
        #expect(records[0][0].header("authorization") == "Bearer \(Self.key)")
        #expect("\(records[1][0].headers)".contains(Self.other) && !"\(records[1][0].headers)".contains(Self.key))
        #expect(!"\(records[2][0].headers)".contains("Canary"))
    }

    @Test("JSON has an object for each provider")
    func json() async throws {
        let repository = try await Self.repository()
        let run = try await repository.run("exec", "openai", "anthropic", "--dry-run", "--json")
        let list = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]] ?? []
        #expect(list.map { $0["handle"] as? String } == ["acme/openai", "acme/anthropic"], "\(run)")
        let variables = list.map { ($0["variables"] as? [[String: String]] ?? []).map { $0["name"] } }
        #expect(variables == [["OPENAI_BASE_URL", "OPENAI_API_KEY"], ["ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY"]])
        #expect(!RuntimeRepository.shows(run) && !RuntimeRepository.shows(run, Self.other))
    }
}
