import Foundation
import RosterTestSupport
import Testing

/// `roster export --values`: files with keys.
@Suite("roster export --values")
struct ExportValuesTests {
    /// A key with each character that readers of variables or YAML treat in a special way.
    private static let hostile = ##"k-"a'b`c$d\e#f%g!h&i;j|k<l>m(n)o*s?t~u=v:w,x0123456789"##
    private static let pair = RuntimeRepository.pair.dropLast() + #","sessionToken":"Fwo//t=="}"#

    /// A repository with a provider of each kind of key.
    private static func repository() async throws -> RuntimeRepository {
        let repository = try await RuntimeRepository()
        try await repository.seal(hostile, "acme/hostile")
        try await repository.seal(String(pair), "acme/pair")
        try await repository.seal(#"{"apiKey":"ABSKx/y="}"#, "acme/token")
        let at = "baseUrl: http://127.0.0.1:9"
        try repository.add("openai", model: #""m 'x' \"y\" #z $w""#, "secret: hostile\n\(at)")
        try repository.add("bedrock", handle: "pair", "secret: pair\n\(at)\nconfig: {region: eu-central-1}")
        try repository.add("bedrock", handle: "token", "secret: token\n\(at)\nconfig: {region: eu-central-1}")
        try repository.add("custom", at)
        return repository
    }

    /// Returns what a consumer reads.
    private static func read<Value: Decodable>(_ text: String, as kind: String) throws -> Value {
        let run = try RosterProgram(folder: "/").tool(
            "python3",
            ExportProgramTests.script("export_peer.py"),
            kind,
            input: Data(text.utf8)
        )
        return try JSONDecoder().decode(Value.self, from: Data(run.output.utf8))
    }

    private static func mode(_ repository: RuntimeRepository, _ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: repository.folder.path + "/" + name)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    /// Expects that no output contains a key.
    private static func expectNoKey(_ run: ProgramRun) {
        for key in [hostile, RuntimeRepository.pair, "ABSKx/y="] {
            #expect(!(run.output + run.error).contains(key.suffix(8)), "\(run)")
        }
        #expect(!(run.output + run.error).contains("wJalrXUtnFEMI"))
    }

    private static let variables = [
        "ROSTER_ACME_OPENAI_API_KEY": hostile, "ROSTER_ACME_OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
        "ROSTER_ACME_OPENAI_MODEL": #"m 'x' "y" #z $w"#, "ROSTER_ACME_OPENAI_PROVIDER": "openai",
        "ROSTER_ACME_PAIR_AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "ROSTER_ACME_PAIR_AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "ROSTER_ACME_PAIR_AWS_SESSION_TOKEN": "Fwo//t==", "ROSTER_ACME_PAIR_BASE_URL": "http://127.0.0.1:9",
        "ROSTER_ACME_PAIR_MODEL": "m1", "ROSTER_ACME_PAIR_PROVIDER": "bedrock",
        "ROSTER_ACME_PAIR_REGION": "eu-central-1", "ROSTER_ACME_TOKEN_API_KEY": "ABSKx/y=",
        "ROSTER_ACME_TOKEN_BASE_URL": "http://127.0.0.1:9", "ROSTER_ACME_TOKEN_MODEL": "m1",
        "ROSTER_ACME_TOKEN_PROVIDER": "bedrock", "ROSTER_ACME_TOKEN_REGION": "eu-central-1",
        "ROSTER_ACME_CUSTOM_BASE_URL": "http://127.0.0.1:9", "ROSTER_ACME_CUSTOM_MODEL": "m1",
        "ROSTER_ACME_CUSTOM_PROVIDER": "custom", "ROSTER_ACME_CUSTOM_API_KEY": "unused",
    ]

    @Test func dotenvFileHasEveryValue() async throws {
        let repository = try await Self.repository()
        let run = try await repository.run("export", "dotenv", "--values", "-o", ".env")
        #expect(run.exitCode == 0 && run.output.isEmpty && run.error.isEmpty, "\(run)")
        #expect(try Self.mode(repository, ".env") == 0o600)
        let text = try repository.folder.read(".env")
        #expect(try Self.read(text, as: "dotenv") == Self.variables)
        // A shell reads them too, except those with an escape.
        try repository.folder.write(
            "plain.env",
            text.split(separator: "\n").filter { !$0.contains("\\") }.joined(separator: "\n")
        )
        let shell = try repository.program.tool(
            "sh",
            "-c",
            #". ./plain.env; printf '%s' "$ROSTER_ACME_PAIR_AWS_SECRET_ACCESS_KEY""#
        )
        #expect(shell.output == Self.variables["ROSTER_ACME_PAIR_AWS_SECRET_ACCESS_KEY"])
        let second = try await repository.run("export", "dotenv", "--values", "-o", ".env")
        #expect(try second.exitCode == 0 && repository.folder.read(".env") == text)
    }

    private struct Object: Decodable {
        struct Metadata: Decodable {
            var name: String
        }

        var kind: String
        var metadata: Metadata
        var data: [String: String]
    }

    @Test func kubernetesSecretsHaveEveryKey() async throws {
        let repository = try await Self.repository()
        let run = try await repository.run("export", "kubernetes", "--values", "-o", "secrets-of-cluster.yaml")
        #expect(run.exitCode == 0 && run.output.isEmpty && run.error.isEmpty, "\(run)")
        #expect(try Self.mode(repository, "secrets-of-cluster.yaml") == 0o600)
        let text = try repository.folder.read("secrets-of-cluster.yaml")
        let objects: [Object] = try Self.read(text, as: "yaml")
        var secrets: [String: [String: String]] = [:]
        for object in objects where object.kind == "Secret" {
            secrets[object.metadata.name] = try object.data.mapValues { value in
                String(decoding: try #require(Data(base64Encoded: value)), as: UTF8.self)
            }
        }
        let (id, secret) = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
        let profile =
            "[default]\naws_access_key_id = \(id)\naws_secret_access_key = \(secret)\naws_session_token = Fwo//t==\n"
        #expect(
            secrets == [
                "roster-acme-openai": ["API_KEY": Self.hostile, "apiKey": Self.hostile],
                "roster-acme-token": ["API_KEY": "ABSKx/y=", "apiKey": "ABSKx/y="],
                "roster-acme-pair": [
                    "AWS_ACCESS_KEY_ID": id, "AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": "Fwo//t==",
                    "credentials": profile,
                ],
            ]
        )
        let schema = try repository.program.tool(
            "python3",
            ExportProgramTests.script("export_schema_peer.py"),
            "kubernetes",
            ExportProgramTests.fixtures.path,
            input: Data(text.utf8)
        )
        #expect(schema.output.contains("Secret"))
    }

    @Test func keysAreNeverPrinted() async throws {
        let repository = try await Self.repository()
        for format in ExportProgramTests.formats {
            for arguments in [["-o", "-"], [], ["-o", "out"]] {
                let run = try await repository.run(["export", format] + arguments)
                #expect(run.exitCode == 0, "\(run)")
                Self.expectNoKey(run)
                Self.expectNoKey(try await repository.run(["export", format, "--values"] + arguments))
            }
        }
        for arguments in [["dotenv"], ["dotenv", "-o", "-"], ["litellm", "-o", "x"], ["opencode", "-o", "x"]] {
            let run = try await repository.run(["export"] + arguments + ["--values"])
            #expect(run.exitCode == 64 && run.output.isEmpty, "\(run)")
        }
        #expect(!repository.folder.exists("x"))
    }

    @Test func readsNoIdentityWithoutValues() async throws {
        var repository = try await Self.repository()
        repository.program.environment["ROSTER_IDENTITY_FILE"] = "/nonexistent/identity"
        for format in ExportProgramTests.formats {
            #expect(try await repository.run("export", format).exitCode == 0)
        }
        let run = try await repository.run("export", "dotenv", "--values", "-o", ".env")
        #expect(run.exitCode == 3 && run.error.contains("/nonexistent/identity"), "\(run)")
        #expect(!repository.folder.exists(".env"))
        #expect(try await repository.run("export", "dotenv", "--identity", "x").exitCode == 64)
    }

    @Test func refusesFilesThatOthersCanRead() async throws {
        let repository = try await Self.repository()
        let path = repository.folder.path
        try repository.folder.write("plain.env", "old\n")
        try repository.folder.write("target.env", "old\n")
        try FileManager.default.createSymbolicLink(atPath: path + "/link.env", withDestinationPath: "target.env")
        try FileManager.default.createDirectory(atPath: path + "/folder.env", withIntermediateDirectories: false)
        #expect(mkfifo(path + "/pipe.env", 0o600) == 0)
        chmod(path + "/target.env", 0o600)
        for mode: mode_t in [0o644, 0o640, 0o604, 0o602, 0o660] {
            chmod(path + "/plain.env", mode)
            let run = try await repository.run("export", "dotenv", "--values", "-o", "plain.env")
            #expect(run.exitCode == 3 && run.error.contains("chmod 600 plain.env"), "\(run)")
            #expect(try repository.folder.read("plain.env") == "old\n")
        }
        // Not /dev/stdout: it is a link like this one, but a program that runs as root can have replaced it.
        try FileManager.default.createSymbolicLink(atPath: path + "/stdout", withDestinationPath: "/proc/self/fd/1")
        let names = ["link.env", "folder.env", "pipe.env", "stdout", "/dev/full", "/proc/self/fd/1", "no/such"]
        let before = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        for name in names {
            let run = try await repository.run("export", "kubernetes", "--values", "-o", name)
            #expect(run.exitCode == 3 && run.output.isEmpty, "\(name): \(run)")
            Self.expectNoKey(run)
        }
        #expect(try repository.folder.read("target.env") == "old\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == before)
        chmod(path + "/plain.env", 0o600)
        #expect(try await repository.run("export", "dotenv", "--values", "-o", "plain.env").exitCode == 0)
        #expect(try Self.mode(repository, "plain.env") == 0o600)
    }

    @Test func refusesKeysThatMayNotBeSent() async throws {
        let repository = try await Self.repository()
        let compiled = try await repository.run("compile", "-o", "registry.json")
        #expect(compiled.exitCode == 0)
        let text = try repository.folder.read("registry.json")
        let before = try FileManager.default.contentsOfDirectory(atPath: repository.folder.path).sorted()
        // Another host of the provider, and another host of the secret, which is part of what is sealed.
        for (old, new) in [("http://127.0.0.1:9", "https://evil.example"), ("\"127.0.0.1\"", "\"evil.example\"")] {
            try repository.folder.write("registry.json", text.replacing(old, with: new))
            let run = try await repository.run(
                "export",
                "dotenv",
                "openai",
                "--registry",
                "registry.json",
                "--values",
                "-o",
                ".env"
            )
            #expect(run.exitCode == 3, "\(run)")
            Self.expectNoKey(run)
            #expect(try FileManager.default.contentsOfDirectory(atPath: repository.folder.path).sorted() == before)
        }
    }

    @Test func notesFilesThatGitWouldAdd() async throws {
        let repository = try await Self.repository()
        try repository.program.tool("git", "init", "--quiet")
        let arguments = ["export", "dotenv", "custom", "--values", "--strict", "-o", ".env"]
        let run = try await repository.run(arguments)
        #expect(run.exitCode == 0 && run.error.hasPrefix("note: .env is in the git work tree "), "\(run)")
        #expect(try await repository.run(arguments + ["--quiet"]).error.isEmpty)
    }

    @Test(arguments: [#"${HOME}"#, #"m\\"#])
    func refusesWhatReadersReplace(_ model: String) async throws {
        let repository = try await RuntimeRepository()
        try await repository.seal()
        try repository.add("openai", model: "\"\(model)\"", "secret: key\nbaseUrl: http://127.0.0.1:9")
        let run = try await repository.run("export", "dotenv", "--values", "-o", ".env")
        #expect(run.exitCode == 3 && run.error.contains("the value of ROSTER_ACME_OPENAI_MODEL"), "\(run)")
        #expect(!repository.folder.exists(".env"))
    }

    @Test func doesNotWriteTheIdentityOfTheMachine() async throws {
        var repository = try await RuntimeRepository()
        repository.program.environment["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE"
        repository.program.environment["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
        try repository.add("bedrock", "config: {region: eu-central-1, auth: ambient}")
        for format in ["dotenv", "kubernetes"] {
            let run = try await repository.run("export", format, "--values", "-o", "out")
            #expect(run.exitCode == 0 && run.error.contains("the AWS identity of this machine"), "\(run)")
            #expect(try !repository.folder.read("out").contains("AKIA"))
        }
    }
}
