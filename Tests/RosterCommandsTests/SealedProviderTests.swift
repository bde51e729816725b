import Foundation
import RosterModel
import RosterTestSupport
import Testing

/// A provider and its secret, created in one step or in two steps in either order.
@Suite("Commands: providers with their secrets")
struct SealedProviderTests {
    private func repository() async throws -> (folder: ScratchFolder, program: RosterProgram) {
        let home = try ScratchFolder()
        let folder = try ScratchFolder.repository(keeping: home)
        var program = RosterProgram(folder: folder.path)
        program.environment = ["XDG_CONFIG_HOME": home.path, "CREDENTIALS_DIRECTORY": nil]
        #expect(try await program.run("key", "generate", "--name", "first").exitCode == 0)
        return (folder, program)
    }

    private static let key = Data("0123456789abcdef0123456789abcdef\n".utf8)
    private static let pair = Data(#"{"accessKeyId":"AKIDEXAMPLE","secretAccessKey":"wJalrXUtnFEMI/K7MDENG"}"#.utf8)

    /// The options of each slug: of the provider, and of `secret set`.
    private static let slugs: [(slug: ProviderSlug, provider: [String], secret: [String])] = [
        (.openai, [], []), (.anthropic, [], []), (.google, [], []),
        (.xai, ["--config", "region=eu-west-1"], ["--region", "eu-west-1"]), (.groq, [], []), (.ollama, [], []),
        (.azure, ["--config", "resourceName=acme-prod"], ["--resource-name", "acme-prod"]),
        (.bedrock, ["--config", "region=eu-central-1"], ["--region", "eu-central-1"]),
        (
            .gateway, ["--base-url", "https://gw.example.org:8443/v1"],
            ["--base-url", "https://gw.example.org:8443/v1"]
        ),
        (.custom, ["--base-url", "https://llm.example.org/v1"], ["--base-url", "https://llm.example.org/v1"]),
    ]

    private func create(_ slug: ProviderSlug, _ options: [String]) -> [String] {
        let fields = ["--name", slug.rawValue, "--provider", slug.rawValue, "--default-model", "some-model"]
        return ["provider", "create", "--project", "acme"] + fields + options
    }

    private func value(_ slug: ProviderSlug) -> Data { slug == .bedrock ? Self.pair : Self.key }

    /// Expects that both files are valid, that the secret opens, and that the key may be sent to the provider.
    private func expectUsable(_ slug: ProviderSlug, _ folder: ScratchFolder, _ program: RosterProgram) async throws {
        #expect(try folder.read("providers/acme/\(slug.rawValue).yaml").contains("\nsecret: \(slug.rawValue)\n"))
        let ping = try await program.run("ping", "acme/\(slug.rawValue)", "--dry-run")
        #expect(ping.exitCode == 0, "\(slug): \(ping.error)")
        let exec = try await program.run("exec", "acme/\(slug.rawValue)", "--", "true")
        #expect(exec.exitCode == 0, "\(slug): \(exec.error)")
    }

    @Test("`provider create --seal` creates both files for every slug")
    func oneStep() async throws {
        let (folder, program) = try await repository()
        for (slug, provider, _) in Self.slugs {
            let run = try await program.run(create(slug, provider + ["--seal"]), input: value(slug))
            #expect(run.exitCode == 0, "\(slug): \(run.error)")
            #expect(run.error.contains("sealed acme/\(slug.rawValue), generation 1, for "))
            #expect(run.output.contains("+++ b/secrets/acme/\(slug.rawValue).yaml\n"))
            #expect(run.output.contains("+++ b/providers/acme/\(slug.rawValue).yaml\n"))
            try await expectUsable(slug, folder, program)
        }
        #expect(try await program.run("check").exitCode == 0)
        #expect(try await program.run("secret", "verify").output == "verified 10 secrets\n")
        #expect(
            try folder.read("secrets/acme/bedrock.yaml").contains(
                "allowedHosts: [bedrock-runtime.eu-central-1.amazonaws.com, bedrock.eu-central-1.amazonaws.com]\n"
            )
        )
    }

    @Test("The secret can be created first for every slug")
    func secretFirst() async throws {
        let (folder, program) = try await repository()
        for (slug, provider, secret) in Self.slugs {
            let set = ["secret", "set", "acme/\(slug.rawValue)", "--for", slug.rawValue] + secret
            let sealed = try await program.run(set, input: value(slug))
            #expect(sealed.exitCode == 0, "\(slug): \(sealed.error)")
            let run = try await program.run(create(slug, provider + ["--secret", slug.rawValue]))
            #expect(run.exitCode == 0, "\(slug): \(run.error)")
            try await expectUsable(slug, folder, program)
        }
        #expect(try await program.run("check").exitCode == 0)
    }

    @Test("A provider without its secret is rejected with commands that work", .tags(.startsProgram))
    func providerFirst() async throws {
        let (folder, program) = try await repository()
        for (slug, provider, _) in Self.slugs where slug.facts.secret != .optional {
            let refused = try await program.run(create(slug, provider))
            #expect(refused.exitCode == 1 && !folder.exists("providers/acme/\(slug.rawValue).yaml"))
            let commands = refused.error.split(separator: "\n").compactMap { line in
                line.firstRange(of: ": roster ").map { String(line[line.index($0.lowerBound, offsetBy: 2)...]) }
            }
            try #require(commands.count == 3 && commands[0].hasSuffix(" --seal"), "\(refused.error)")
            // The suggested single step is a complete command as well.
            let one = "printf %s '\(String(decoding: value(slug), as: UTF8.self))' | \(commands[0]) --dry-run"
            let two = "printf %s '\(String(decoding: value(slug), as: UTF8.self))' | \(commands[1]) && \(commands[2])"
            for script in [one, two] {
                try program.tool("sh", "-ec", script.replacing("roster ", with: "'\(BuiltProgram.path)' "))
            }
            try await expectUsable(slug, folder, program)
        }
    }

    @Test("No suggested command overwrites a key")
    func nameTaken() async throws {
        let (folder, program) = try await repository()
        defer { withExtendedLifetime(folder) {} }
        #expect(
            try await program.run(["secret", "set", "acme/openai", "--host", "h.example.org"], input: Self.key).exitCode
                == 0
        )
        let refused = try await program.run(create(.openai, []))
        #expect(refused.error.contains("roster secret set acme/openai-2 --for openai\n"), "\(refused.error)")
        #expect(refused.error.contains("--secret openai-2 --seal\n"))
        // A secret for other hosts is not suggested.
        #expect(!refused.error.contains("or link"))
        let taken = try await program.run(create(.openai, ["--seal"]), input: Self.key)
        #expect(taken.exitCode == 3 && taken.error.contains("there is a secret acme/openai already"))
        let named = try await program.run(create(.openai, ["--seal", "--secret", "other"]), input: Self.key)
        #expect(named.exitCode == 0, "\(named.error)")
        #expect(try await program.run("secret", "verify").output == "verified 2 secrets\n")
    }

    @Test("A secret with a project prefix is rejected with a hint to remove it")
    func secretWithProject() async throws {
        let (folder, program) = try await repository()
        defer { withExtendedLifetime(folder) {} }
        for (secret, words) in [
            ("0123456789abcdef0123456789abcdef", "roster secret set acme/NAME\n"),
            ("acme/other", "without the project\n  help: write other\n"), ("beta/other", "secrets of its project"),
        ] {
            let run = try await program.run(create(.openai, ["--secret", secret]))
            #expect(run.exitCode != 0 && run.error.contains(words), "\(run.error)")
            #expect(!run.error.contains("0123456789abcdef"))
        }
    }

    @Test("A rejected command and a dry run write nothing")
    func nothingWritten() async throws {
        let (folder, program) = try await repository()
        let canary = "sk-0123456789abcdef0123"
        let cases: [(options: [String], value: String, exitCode: Int32, words: String?)] = [
            (["--dry-run"], canary, 0, nil),
            ([], "\"\(canary)\"", 64, "in quotes"), ([], "OPENAI_API_KEY=\(canary)", 64, "NAME=value"),
            ([], "", 64, "there is no value"), ([], "\n", 64, "there is no value"),
            ([], canary + "\n" + canary, 64, "more than one line"),
            ([], "os.environ/OPENAI_API_KEY", 64, "only refers to a key"),
            (["--secret", "No"], canary, 64, "\"No\" is not a handle"),
            (["--base-url", "http://h.example.org"], canary, 1, "over http"),
            (["--trust-key", "rk_0"], "gsk_" + String(repeating: "aB3d", count: 13), 1, "shape of"),
            (["--dry-run"], "\"\(canary)\"", 64, "in quotes"),
        ]
        for (options, value, exitCode, words) in cases {
            let run = try await program.run(create(.openai, ["--seal"] + options), input: Data(value.utf8))
            #expect(
                run.exitCode == exitCode && words.map { run.error.contains($0) } ?? run.error.isEmpty,
                "\(options) \(run.error)"
            )
            #expect(!(run.output + run.error).contains("0123456789abcdef"), "\(options)")
            #expect(!folder.exists("secrets") && !folder.exists("providers/acme/openai.yaml"), "\(options)")
        }
        for option in [["--rotate-by", "2027-01-01"], ["--trust-key", "rk_0"]] {
            let run = try await program.run(create(.openai, option))
            #expect(run.exitCode == 64 && run.error.contains("\(option[0]) belongs to --seal"))
        }
    }

    @Test("Invalid options are rejected before the key is read")
    func refusedFirst() async throws {
        let (folder, program) = try await repository()
        let cases: [(slug: ProviderSlug, options: [String], exitCode: Int32, words: String)] = [
            (.azure, [], 1, "azure has no default endpoint"), (.bedrock, [], 1, "config.region"),
            (.bedrock, ["--config", "region=eu-central-1", "--config", "auth=ambient"], 1, "is ambient"),
            (.azure, ["--config", "resourceName=a.b"], 1, "is not a resource name"),
            (.custom, [], 1, "no default endpoint"),
            (.openai, ["--handle", "local"], 3, "there is a provider acme/local already"),
            (.openai, ["--base-url", "https://u:hunter2hunter2@h.example.org"], 1, "user name or password"),
            (.openai, ["--base-url", "https://169.254.169.254", "--force"], 64, "metadata address"),
            (.azure, ["--force"], 3, "cannot be determined"),
        ]
        for (slug, options, exitCode, words) in cases {
            // The value is invalid as well.
            let run = try await program.run(create(slug, options + ["--seal"]), input: Data("\"x\"".utf8))
            #expect(run.exitCode == exitCode && run.error.contains(words), "\(slug) \(options) \(run.error)")
            #expect(!run.error.contains("hunter2") && !run.error.contains("in quotes") && !run.error.contains("--seal"))
            #expect(!folder.exists("secrets") && !folder.exists("providers/acme/\(slug.rawValue).yaml"))
        }
    }

    @Test("PyNaCl opens the secret, and reseal accepts another URL")
    func sealedSecret() async throws {
        let (folder, program) = try await repository()
        #expect(
            try await program.run(create(.openai, ["--seal", "--rotate-by", "2027-01-01"]), input: Self.key).exitCode
                == 0
        )
        #expect(try folder.read("secrets/acme/openai.yaml").contains("rotateBy: 2027-01-01\n"))
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "pynacl_peer.py").path
        let identities = try #require(folder.companion).path + "/roster/identities/"
        let identity = try #require(try FileManager.default.contentsOfDirectory(atPath: identities).first)
        let opened = try program.tool(
            ["python3", script, "open", identities + identity, "secrets/acme/openai.yaml", "proj_V1StGXR8Z5jdHi6B"]
        )
        #expect(opened.output == Self.key.dropLast().map { String($0, radix: 16) }.joined() + "\n")
        let reseal = ["secret", "reseal", "acme/openai", "--host", "https://api.openai.com/", "--host"]
        let refused = try await program.run(reseal + ["http://gw.example.org"])
        let reason = "over http, every machine between here and gw.example.org"
        #expect(refused.exitCode == 64 && refused.error.contains(reason))
        #expect(try await program.run(reseal + ["https://gw.example.org:8443/v1"]).exitCode == 0)
        let text = try folder.read("secrets/acme/openai.yaml")
        #expect(text.contains("allowedHosts: [api.openai.com, gw.example.org:8443/v1/]\ngeneration: 2\n"), "\(text)")
        #expect(try await program.run("secret", "verify").exitCode == 0)
    }

    @Test("A symbolic link at the path of the secret is not followed, and no key is read")
    func linkInTheWay() async throws {
        let (folder, program) = try await repository()
        try program.tool("sh", "-c", "mkdir -p secrets/acme && ln -s /dev/null secrets/acme/openai.yaml")
        let run = try await program.run(create(.openai, ["--seal"]), input: Data("\"x\"".utf8))
        #expect(run.exitCode == 3 && run.error.contains("secrets/acme/openai.yaml is there already"), "\(run.error)")
        #expect(!folder.exists("providers/acme/openai.yaml"))
    }

    @Test("No file is written if the provider cannot be written")
    func providerNotWritable() async throws {
        let (folder, program) = try await repository()
        try program.tool("sh", "-c", "rm -r providers && mkdir elsewhere && ln -s elsewhere providers")
        let run = try await program.run(create(.openai, ["--seal", "--force"]), input: Self.key)
        #expect(run.exitCode == 3, "\(run.error)")
        #expect(!folder.exists("secrets"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/elsewhere").isEmpty)
    }

    @Test("A full disk leaves no files", .tags(.startsProgram), arguments: ["0", "1"])
    func fullDisk(limit: String) async throws {
        let (folder, program) = try await repository()
        let command = create(.openai, ["--seal"]).joined(separator: " ")
        // SIGXFSZ is ignored, so that a write fails as on a full disk.
        let script = """
            trap '' XFSZ; ulimit -f \(limit)
            printf %s 0123456789abcdef0123 | '\(BuiltProgram.path)' \(command) > /dev/null 2>&1; test $? = \(limit == "0" ? 3 : 0)
            """
        try program.tool("bash", "-c", script)
        #expect(folder.exists("secrets") == (limit == "1"))
        #expect(folder.exists("providers/acme/openai.yaml") == (limit == "1"))
    }

    @Test("Only one of several concurrent commands succeeds", .tags(.startsProgram))
    func concurrentCommands() async throws {
        let (folder, program) = try await repository()
        let command = create(.openai, ["--seal", "--handle", "one"]).joined(separator: " ")
        let script = """
            for n in 1 2 3 4; do
                printf %s 0123456789abcdef0123 | '\(BuiltProgram.path)' \(command) > out.$n 2>&1 & eval p$n=$!
            done
            for n in 1 2 3 4; do eval "wait \\$p$n" && echo done; done; true
            """
        let run = try program.tool("bash", "-c", script)
        #expect(run.output == "done\n")
        #expect(try await program.run("secret", "verify").exitCode == 0)
        #expect(try folder.read("providers/acme/one.yaml").contains("secret: one\n"))
        #expect(try await program.run("check").exitCode == 0)
    }

    // MARK: - The terminal

    private func type(_ text: String, _ program: RosterProgram, _ arguments: [String]) throws -> String {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "terminal_peer.py")
            .path
        // The script exits with the code of the program, which `tool` would treat as a failure.
        let command = ["sh", "-c", "python3 \"$@\"; true", "sh", script, BuiltProgram.path, text] + arguments
        return try program.tool(command).output
    }

    @Test("A key that is typed on the terminal is not shown", .tags(.startsProgram))
    func typed() async throws {
        let (folder, program) = try await repository()
        let output = try type("TypedCanary0123456789", program, create(.azure, Self.slugs[6].provider + ["--seal"]))
        #expect(output.contains("the key of acme/azure may be sent to acme-prod.openai.azure.com"), "\(output)")
        #expect(output.contains("value of acme/azure (is not shown): "))
        #expect(output.contains("sealed acme/azure, generation 1, for acme-prod.openai.azure.com"))
        #expect(!output.contains("TypedCanary"))
        try await expectUsable(.azure, folder, program)
    }

    @Test("An empty line and Ctrl-C leave no files", .tags(.startsProgram), arguments: ["", "abc\u{3}", "\u{4}"])
    func givenUp(text: String) async throws {
        let (folder, program) = try await repository()
        let output = try type(text, program, create(.openai, ["--seal"]))
        #expect(output.contains("(is not shown): ") && !output.contains("created"), "\(output)")
        #expect(!folder.exists("secrets") && !folder.exists("providers/acme/openai.yaml"))
    }
}
