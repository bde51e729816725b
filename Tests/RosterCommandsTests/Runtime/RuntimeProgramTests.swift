import Foundation
import RosterTestSupport
import Testing

/// Concurrent requests, broken secrets, ambient credentials and compiled registries.
@Suite("Commands: requests to providers")
struct RuntimeProgramTests {
    @Test func pingsProvidersConcurrently() async throws {
        let server = try RecordingServer(
            answers: #"""
                {"*": [{"delay": 3}], "POST /refuse/v1/chat/completions": [{"status": 403, "body": {"error": "no"}}]}
                """#
        )
        let repository = try await RuntimeRepository()
        try await repository.seal()
        for number in 0..<16 {
            try repository.add("openai", handle: "p\(number)", "secret: key\nbaseUrl: \(server.url)/p\(number)")
        }
        let start = Date()
        let run = try await repository.run("ping", "--all")
        #expect(run.exitCode == 0, "\(run)")
        // Sequential requests would take 48 seconds.
        #expect(Date().timeIntervalSince(start) < 40)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 16 && lines.allSatisfy { $0.contains("  ok       200  ") || $0.contains("  ok  200") })
        #expect(lines.map { $0.prefix { $0 != " " } } == lines.map { $0.prefix { $0 != " " } }.sorted())
        try repository.add("openai", handle: "refuse", "secret: key\nbaseUrl: \(server.url)/refuse")
        try repository.add("openai", handle: "gone", "secret: key\nbaseUrl: http://127.0.0.1:1")
        try repository.folder.write("providers/acme/broken.yaml", "id: x\n")
        let some = try await repository.run("ping", "--all", "--format", "json")
        #expect(some.exitCode == 3)
        let outcomes = try JSONSerialization.jsonObject(with: Data(some.output.utf8)) as? [[String: Any]] ?? []
        #expect(outcomes.count == 19 && outcomes.count { $0["error"] is NSNull } == 16)
        func error(_ name: String) -> String {
            outcomes.first { $0["provider"] as? String == "acme/\(name)" }?["error"] as? String ?? ""
        }
        #expect(error("refuse").hasSuffix("answered 403: no"))
        #expect(error("gone").contains("connection refused"))
        #expect(error("broken").contains("has errors"))
    }

    @Test(
        "A broken secret is reported without its bytes and has no fallback",
        arguments: [
            ("{\"accessKeyId\":\"AKIACanaryCanary1234\"}", "no secretAccessKey"),
            ("{\"secretAccessKey\":\"CanaryCanaryCanary\"}", "no accessKeyId"),
            ("{\"accessKeyId\":\"AKIACanaryCanary1234\",", "is not a JSON object"),
            ("CanaryCanaryCanary", "neither a JSON object"),
            ("{\"apiKey\":\"Canary Canary\"}", "apiKey"), ("[\"CanaryCanaryCanary\"]", "neither a JSON object"),
        ]
    )
    func broken(value: String, words: String) async throws {
        let server = try RecordingServer()
        var repository = try await RuntimeRepository()
        try await repository.seal(value)
        try repository.add("bedrock", "secret: key\nbaseUrl: \(server.url)\nconfig: {region: eu-central-1}")
        repository.program.environment["AWS_ACCESS_KEY_ID"] = "AKIAAMBIENTAMBIENT12"
        repository.program.environment["AWS_SECRET_ACCESS_KEY"] = "ambientambientambient"
        repository.program.environment["AWS_BEARER_TOKEN_BEDROCK"] = "ABSKambient"
        for arguments in [
            ["ping", "acme/bedrock"], ["models", "acme/bedrock"], ["ping", "--all"],
            ["exec", "acme/bedrock", "--", "env"],
        ] {
            let run = try await repository.run(arguments)
            #expect(run.exitCode == 3 && (run.error + run.output).contains(words), "\(run)")
            #expect(!(run.error + run.output).contains("Canary") && !run.output.contains("ambient"))
        }
        #expect(try server.records().isEmpty)
    }

    @Test func sendsNothingWithoutMatchingIdentity() async throws {
        let server = try RecordingServer()
        var repository = try await RuntimeRepository.at(server)
        let other = try await RuntimeRepository()
        let folder = try #require(other.folder.companion).path + "/roster/identities"
        let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
        let wrong = try await repository.run("ping", "acme/openai", "--identity", folder + "/" + file)
        #expect(wrong.exitCode == 3 && wrong.error.contains("there is no identity for acme/key"), "\(wrong)")
        repository.program.environment["XDG_CONFIG_HOME"] = "/nonexistent"
        #expect(try await repository.run("ping", "acme/openai").exitCode == 3)
        // One flipped bit of the box.
        repository.program.environment["XDG_CONFIG_HOME"] = try #require(repository.folder.companion).path
        let secret = try repository.folder.read("secrets/acme/key.yaml")
        let range = try #require(secret.range(of: "box: "))
        let at = secret.index(range.upperBound, offsetBy: 200)
        let changed = secret[..<at] + (secret[at] == "A" ? "B" : "A") + secret[secret.index(after: at)...]
        try repository.folder.write("secrets/acme/key.yaml", String(changed))
        let turned = try await repository.run("ping", "acme/openai")
        #expect(turned.exitCode == 3 && turned.error.contains("does not open"), "\(turned)")
        #expect(try server.records().isEmpty)
    }

    @Test func sendsNothingForInvalidSecret() async throws {
        let server = try RecordingServer()
        let repository = try await RuntimeRepository()
        try repository.add("gateway", "secret: key\nbaseUrl: \(server.url)")
        try repository.folder.write("secrets/acme/key.yaml", "id: nonsense\n")
        for arguments in [["ping", "acme/gateway"], ["ping", "--all"], ["exec", "acme/gateway", "--", "env"]] {
            #expect(try await repository.run(arguments).exitCode == 3)
        }
        try FileManager.default.removeItem(atPath: repository.folder.path + "/secrets/acme/key.yaml")
        #expect(try await repository.run("ping", "acme/gateway").exitCode == 3)
        #expect(try server.records().isEmpty)
    }

    @Test func sendsAmbientCredentialsToAWSOnly() async throws {
        var repository = try await RuntimeRepository()
        try repository.add("bedrock", "config: {region: eu-central-1, auth: ambient}")
        let none = try await repository.run("ping", "acme/bedrock")
        #expect(none.exitCode == 3 && none.error.contains("the environment has none"), "\(none)")
        repository.program.environment["AWS_ACCESS_KEY_ID"] = "AKIAAMBIENTAMBIENT12"
        for command in [["ping", "acme/bedrock"], ["exec", "acme/bedrock", "--", "env"]] {
            let half = try await repository.run(command)
            #expect(half.exitCode == 3 && half.error.contains("half a pair"), "\(half)")
        }
        repository.program.environment["AWS_SECRET_ACCESS_KEY"] = "ambientambientambient"
        let pair = try await repository.run("ping", "acme/bedrock", "--dry-run")
        #expect(
            pair.output.hasPrefix("POST https://bedrock-runtime.eu-central-1.amazonaws.com/model/m1/converse\n"),
            "\(pair)"
        )
        #expect(pair.output.contains("X-Amz-Date: ") && pair.output.contains("Authorization: [redacted]"))
        #expect(!pair.output.contains("ambient"))
        let models = try await repository.run("models", "acme/bedrock", "--dry-run")
        #expect(models.output.hasPrefix("GET https://bedrock.eu-central-1.amazonaws.com/foundation-models\n"))
        let exec = try await repository.run("exec", "acme/bedrock", "--connect-timeout", "2", "--", "env")
        #expect(exec.output.contains("AWS_ACCESS_KEY_ID=AKIAAMBIENTAMBIENT12\n"), "\(exec)")
        #expect(exec.output.contains("AWS_SECRET_ACCESS_KEY=ambientambientambient\n"))
        repository.program.environment["AWS_BEARER_TOKEN_BEDROCK"] = "ABSKambient"
        let bearer = try await repository.run("ping", "acme/bedrock", "--dry-run")
        #expect(bearer.output.contains("Authorization: [redacted]") && !bearer.output.contains("X-Amz-Date"))
        // `--all` skips it unless it is requested.
        let all = try await repository.run("ping", "--all")
        #expect(all.exitCode == 0 && all.output.contains("skipped") && all.output.contains("--ambient"), "\(all)")
        let asked = try await repository.run("ping", "--all", "--ambient", "--dry-run")
        #expect(asked.output.contains("bedrock-runtime.eu-central-1.amazonaws.com"), "\(asked)")
        // They are sent nowhere else.
        let server = try RecordingServer()
        try repository.add("bedrock", "baseUrl: \(server.url)\nconfig: {region: eu-central-1, auth: ambient}")
        for command in [
            ["ping", "acme/bedrock"], ["ping", "--all", "--ambient"], ["exec", "acme/bedrock", "--", "env"],
        ] {
            let run = try await repository.run(command)
            #expect(run.exitCode == 3 && !run.output.contains("AKIAAMBIENT"), "\(run)")
        }
        #expect(try server.records().isEmpty)
    }

    @Test func runsFromCompiledRegistryAlone() async throws {
        let server = try RecordingServer()
        let repository = try await RuntimeRepository.at(server)
        #expect(try await repository.run("compile", "-o", "registry.json").exitCode == 0)
        let elsewhere = try ScratchFolder()
        var program = repository.program
        program.folder = elsewhere.path
        let registry = repository.folder.path + "/registry.json"
        for arguments in [["ping", "acme/openai"], ["models", "acme/openai"], ["ping", "--all"]] {
            let run = try await program.run(arguments + ["--registry", registry])
            #expect(run.exitCode == 0, "\(run)")
        }
        let exec = try await program.run(
            "exec",
            "acme/openai",
            "--registry",
            registry,
            "--",
            "printenv",
            "OPENAI_API_KEY"
        )
        #expect(exec.output == RuntimeRepository.key + "\n")
        #expect(try await program.run("ping", "acme/openai").exitCode == 3)
        // Mounted configuration files are symbolic links.
        try FileManager.default.createSymbolicLink(atPath: elsewhere.path + "/link.json", withDestinationPath: registry)
        #expect(try await program.run("models", "acme/openai", "--registry", "link.json", "--dry-run").exitCode == 0)
        // An invalid registry is rejected.
        let text = try repository.folder.read("registry.json")
        for (old, new) in [
            ("\"registry\": 2", "\"registry\": 3"),
            ("\"baseUrl\": \"http://127.0.0.1", "\"baseUrl\": \"http://127.0.0.2"),
            ("\"generation\": 1", "\"generation\": 1, \"more\": 1"), ("[\n        \"127.0.0.1\"", "[\n        \"*.1\""),
        ] {
            let changed = text.replacing(old, with: new)
            #expect(changed != text)
            try elsewhere.write("changed.json", changed)
            let run = try await program.run("ping", "acme/openai", "--registry", "changed.json")
            #expect(run.exitCode == 3 && run.error.contains("is not a usable registry"), "\(run)")
        }
        // A valid registry that differs from the sealed values does not open.
        try elsewhere.write("changed.json", text.replacing("\"generation\": 1", with: "\"generation\": 2"))
        let run = try await program.run("ping", "acme/openai", "--registry", "changed.json")
        #expect(run.exitCode == 3 && run.error.contains("does not open"), "\(run)")
        #expect(try await program.run("ping", "acme/openai", "--registry", "nowhere.json").exitCode == 3)
        #expect(try await program.run("ping", "a/b", "--registry", registry, "--repo", "/").exitCode == 64)
        #expect(try server.records().count == 3)
        withExtendedLifetime(repository) {}
    }
}
