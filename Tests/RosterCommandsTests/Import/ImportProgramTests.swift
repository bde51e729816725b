import Foundation
import RosterModel
import RosterTestSupport
import Testing

/// `roster import`, from the files of other programs to a repository that works.
@Suite("Commands: import")
struct ImportProgramTests {
    @Test("A second import of every configuration has nothing to do", arguments: [true, false])
    func twiceIsOnce(withKeys: Bool) async throws {
        let fixtures = try ImportFixtures()
        for name in ImportFixtures.names {
            let repository = try await ImportRepository()
            let file = fixtures.folder.path + "/" + name
            let keys = withKeys ? ["--env", fixtures.folder.path + "/keys.env"] : []
            let command = ["import", "litellm", file, "--project", "acme"] + keys
            let first = try await repository.program.run(command)
            try #require(first.exitCode == 0, "\(name): \(first)")
            let files = try repository.files()
            let second = try await repository.program.run(command)
            #expect(second.exitCode == 0 && second.error.hasPrefix("nothing to do"), "\(name): \(second.error)")
            #expect(try repository.files() == files, "\(name)")
            guard withKeys else { continue }
            let check = try await repository.program.run("check")
            #expect(check.exitCode == 0, "\(name): \(check)")
        }
    }

    @Test("An import finds its providers and secrets under new names")
    func renamed() async throws {
        let fixtures = try ImportFixtures()
        let repository = try await ImportRepository()
        let program = repository.program
        let command = [
            "import", "litellm", fixtures.folder.path + "/openai-two-keys.yaml", "--project", "acme", "--env",
            fixtures.folder.path + "/keys.env",
        ]
        #expect(try await program.run(command).exitCode == 0)
        for rename in [
            ["provider", "update", "acme/gpt-4o", "--handle", "first", "--name", "First"],
            ["secret", "rename", "acme/openai-api-key", "main"],
            ["secret", "rename", "acme/openai-api-key-2", "other"],
        ] {
            let run = try await program.run(rename)
            #expect(run.exitCode == 0, "\(run)")
        }
        #expect(try await program.run(command).error.hasPrefix("nothing to do"))
        let json = try await repository.imported("litellm", fixtures.folder.path + "/openai-two-keys.yaml").json
        #expect(json?.providers.map(\.created) == [false, false])
        #expect(json?.secrets.map(\.state) == ["existing", "existing"])
    }

    @Test("Keys that are not given are sealed by the printed commands, after which check is clean")
    func commandsSealKeys() async throws {
        let fixtures = try ImportFixtures()
        for name in [
            "vendors.yaml", "bedrock-keys.yaml", "bedrock-session.yaml", "azure-regions.yaml", "vendor-base.yaml",
        ] {
            let repository = try await ImportRepository()
            let file = fixtures.folder.path + "/" + name
            let first = try #require(try await repository.imported("litellm", file).json)
            #expect(first.written && first.secrets.allSatisfy { $0.state == "pending" }, "\(name)")
            #expect(try await repository.program.run("check").exitCode == 1)
            for secret in first.secrets {
                let command = try #require(secret.command)
                let parts = command.split(separator: " | ")
                let tools = Tools(folder: repository.folder.path, environment: fixtures.variables.mapValues { $0 })
                let value = try tools.start("sh", ["-c", String(parts[0])])
                let words = try tools.start("sh", ["-c", "for word in \(parts[1]); do printf '%s\\n' \"$word\"; done"])
                let arguments = words.output.split(separator: "\n").dropFirst().map(String.init)
                let sealed = try await repository.program.run(arguments, input: Data(value.output.utf8))
                #expect(sealed.exitCode == 0, "\(command): \(sealed.error)")
            }
            let check = try await repository.program.run("check")
            #expect(check.exitCode == 0, "\(name): \(check)")
            let second = try #require(try await repository.imported("litellm", file).json)
            #expect(!second.written && second.secrets.allSatisfy { $0.state == "existing" }, "\(name)")
        }
    }

    @Test("Values that were not known at the first import are sealed at the second one")
    func sealsLater() async throws {
        let fixtures = try ImportFixtures()
        let repository = try await ImportRepository()
        let file = fixtures.folder.path + "/vendors.yaml"
        _ = try await repository.imported("litellm", file)
        let keys = fixtures.folder.path + "/keys.env"
        let second = try #require(try await repository.imported("litellm", file, "--env", keys).json)
        #expect(second.providers.allSatisfy { !$0.created } && second.secrets.allSatisfy { $0.state == "sealed" })
        #expect(try await repository.program.run("check").exitCode == 0)
    }

    @Test("A dry run writes nothing and shows the change")
    func dryRun() async throws {
        let fixtures = try ImportFixtures()
        let repository = try await ImportRepository()
        let files = try repository.files()
        let run = try await repository.program.run(
            "import",
            "litellm",
            fixtures.folder.path + "/anthropic.yaml",
            "--project",
            "acme",
            "--env",
            fixtures.folder.path + "/keys.env",
            "--dry-run"
        )
        #expect(run.exitCode == 0 && run.output.contains("+++ b/providers/acme/claude.yaml"))
        #expect(run.output.contains("+++ b/secrets/acme/anthropic-api-key.yaml"))
        #expect(run.error == "this would create 2 providers and 1 secret\n")
        #expect(try repository.files() == files)
    }

    @Test("Equal keys for the same hosts are one secret, and aliases of one endpoint one provider")
    func merges() async throws {
        let fixtures = try ImportFixtures()
        let repository = try await ImportRepository()
        let keys = fixtures.folder.path + "/keys.env"
        let aliases = try #require(
            try await repository.imported("litellm", fixtures.folder.path + "/aliases.yaml", "--env", keys).json
        )
        #expect(aliases.providers.map(\.handle) == ["acme/gpt-4o"])
        #expect(aliases.providers[0].names == ["gpt-4o", "gpt-3.5-turbo", "hidden-name", "gpt-4"])
        #expect(aliases.finding("router_settings.model_group_alias.gpt-3.5-turbo")?.kind == "changed")
        #expect(aliases.finding("router_settings.model_group_alias.nothing")?.kind == "left")
        let clear = try #require(
            try await repository.imported("litellm", fixtures.folder.path + "/openai-equal-clear-keys.yaml").json
        )
        #expect(clear.providers.count == 2 && clear.secrets.map(\.handle) == ["acme/one"])
        let found = try #require(clear.finding("model_list[0].litellm_params.api_key"))
        #expect(found.kind == "changed" && found.message.contains("revoke") && found.line == 3)
    }

    @Test("A refused value keeps the others from being written only under --strict")
    func strict() async throws {
        let fixtures = try ImportFixtures()
        let repository = try await ImportRepository()
        let file = fixtures.folder.path + "/refused-prefixes.yaml"
        let files = try repository.files()
        let strict = try await repository.imported("litellm", file, "--strict")
        #expect(strict.run.exitCode == 1 && strict.json?.written == false)
        #expect(try repository.files() == files)
        let lenient = try await repository.imported("litellm", file)
        #expect(lenient.run.exitCode == 0 && lenient.json?.providers.map(\.handle) == ["acme/ok"])
        let refused = lenient.json?.findings.filter { $0.kind == "refused" } ?? []
        #expect(refused.count == 7 && refused.allSatisfy { $0.path.hasSuffix(".model") })
    }

    @Test(
        "Bad input is reported with its place, and nothing is written",
        arguments: [
            ("model_list: [\n", ":2:1: "), ("a: *b\n", ":1:4: an alias has no anchor"),
            ("a: &a [*a]\n", ":1:8: an alias is inside"), ("- 1\n", ":1:1: a mapping with model_list"),
            ("a: 1\n---\nb: 2\n", ":2:1: a second document"), ("[a]: 1\n", ":1:1: a key is not text"),
            ("ä: \"\u{B}\"\n", ":1:"), ("include: ../x.yaml\n", ":1:10: an included file"),
            ("include: [/etc/passwd]\n", ":1:11: an included file"), ("include: link.yaml\n", "symbolic link"),
            ("include: away/x.yaml\n", "leads through a link"), ("include: none.yaml\n", ":1:10: cannot read"),
        ]
    )
    func badInput(_ text: String, _ words: String) async throws {
        let repository = try await ImportRepository()
        let source = try ScratchFolder()
        try source.write("config.yaml", text)
        let link = source.path + "/link.yaml"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/etc/passwd")
        try FileManager.default.createSymbolicLink(atPath: source.path + "/away", withDestinationPath: "/etc")
        let files = try repository.files()
        let run = try await repository.program.run(
            "import",
            "litellm",
            source.path + "/config.yaml",
            "--project",
            "acme"
        )
        #expect(run.exitCode == 1 && run.error.contains("config.yaml:") && run.error.contains(words), "\(run)")
        #expect(run.output.isEmpty)
        #expect(try repository.files() == files)
    }

    @Test("Nested aliases of a small file are refused before they fill the memory")
    func billionLaughs() async throws {
        let repository = try await ImportRepository()
        let source = try ScratchFolder()
        var lines = ["a0: &a0 {k: v}"]
        for level in 1..<60 {
            lines.append("a\(level): &a\(level) {<<: [*a\(level - 1), *a\(level - 1), *a\(level - 1)]}")
        }
        lines.append("model_list: [{model_name: x, litellm_params: *a59}]")
        try source.write("config.yaml", lines.joined(separator: "\n"))
        let run = try await repository.program.run(
            "import",
            "litellm",
            source.path + "/config.yaml",
            "--project",
            "acme"
        )
        #expect(run.exitCode == 1 && run.error.contains("aliases repeat values too often"), "\(run)")
    }

    @Test("A key in the place of a variable's name is refused and not shown")
    func keyAsName() async throws {
        let repository = try await ImportRepository()
        let source = try ScratchFolder()
        let keys = [
            ImportFixtures.random(40), "sk-proj-" + ImportFixtures.random(40),
            "AKIA" + ImportFixtures.random(16).uppercased(),
        ]
        let deployments = keys.map {
            "  - {model_name: a, litellm_params: {model: openai/x, api_key: os.environ/\($0), organization: os.environ/\($0)}}\n"
        }
        try source.write("config.yaml", "model_list:\n" + deployments.joined())
        let (run, json) = try await repository.imported("litellm", source.path + "/config.yaml")
        #expect(run.exitCode == 0 && json?.written == false, "\(run)")
        #expect(json?.findings.count { $0.kind == "refused" } == 3)
        let output = (run.output + run.error).lowercased()
        #expect(keys.allSatisfy { !output.contains($0.lowercased()) })
    }

    @Test("Variables of a .env file become providers with sealed keys")
    func environmentFile() async throws {
        let repository = try await ImportRepository()
        let source = try ScratchFolder()
        let keys = [
            "OPENAI_API_KEY": "sk-proj-" + ImportFixtures.random(48), "MISTRAL_API_KEY": ImportFixtures.random(32),
        ]
        try source.write(
            ".env",
            """
            export OPENAI_API_KEY="\(keys["OPENAI_API_KEY"] ?? "")" # from the console
            OPENAI_ORG_ID=org-acme
            OPENAI_MODEL='gpt-5.6-terra'
            MISTRAL_API_KEY=\(keys["MISTRAL_API_KEY"] ?? "")
            OLLAMA_HOST=127.0.0.1:11434
            OLLAMA_MODEL=llama3.2
            AWS_ACCESS_KEY_ID=AKIA\(ImportFixtures.random(16).uppercased())
            AWS_SECRET_ACCESS_KEY=\(ImportFixtures.random(40))
            DATABASE_URL=postgres://localhost/acme
            a line of text
            """
        )
        let file = source.path + "/.env"
        let json = try #require(try await repository.imported("env", file).json)
        #expect(json.providers.map(\.handle) == ["acme/openai", "acme/ollama", "acme/mistral"])
        #expect(json.secrets.map(\.state) == ["sealed", "sealed"])
        #expect(
            json.findings.map(\.kind) == [
                "taken", "taken", "taken", "taken", "taken", "taken", "left", "left", "left", "refused",
            ]
        )
        #expect(try await repository.program.run("check").exitCode == 0)
        let provider = try repository.folder.read("providers/acme/openai.yaml")
        #expect(provider.contains("defaultModel: gpt-5.6-terra") && provider.contains("organization: org-acme"))
        #expect(try await repository.imported("env", file).json?.written == false)
        let bedrock = try await repository.imported("env", file, "--model", "bedrock=amazon.nova-lite-v1:0")
        // A region is part of the endpoint, and the file has none.
        #expect(bedrock.json?.findings[6].kind == "refused", "\(bedrock)")
    }
}
