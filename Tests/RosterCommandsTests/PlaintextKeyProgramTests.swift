import Foundation
import RosterCompiler
import RosterFrontend
import RosterTestSupport
import Testing

/// A plaintext key under a vendor's name is rejected, and no command shows it.
@Suite("Commands: plaintext keys")
struct PlaintextKeyProgramTests {
    private static let value = "Vq7wT2xLm9Rz4KcJ8nBd"
    private static let old = "Zx9Cv8Bn7Mq6Wp5Er4Ty"
    /// Fragments of `config` as JSON, with the value in each position that identifies it as a key.
    private static let fragments = [
        #""OPENAI_API_KEY": "{}""#, #""headers": {"x-portkey-api-key": "{}"}"#, #""master_key": "{}""#,
        #""upstream": "Bearer {}""#, #""database_url": "postgresql://app:{}@db.example.org/app""#,
        #""auth": {"value": "{}"}"#, #""env": [{"name": "HF_TOKEN", "value": "{}"}]"#, #""api_keys": ["{}", "x"]"#,
        #""note": "hf_{}abcdefghijklmn""#, #""origin": "https://u:a/{}@host.example""#,
    ]

    private static func file(_ value: String) -> String {
        let lines = fragments.map { "  " + $0.replacing("{}", with: value) }
        return RuleExample.provider + "config: {\n" + lines.joined(separator: ",\n") + "}\n"
    }

    private func expectHidden(_ run: ProgramRun, _ command: [String]) {
        for value in [Self.value, Self.old] {
            #expect(!(run.output + run.error).contains(value), "\(command): \(run.output)\(run.error)")
        }
    }

    @Test func masksKeyInReportsReviewsAndHistory() async throws {
        let repository = try ReviewRepository()
        var files = Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) })
        let path = "providers/acme/gpt-4o.yaml"
        let without = try repository.commit(files, "none")
        files[path] = Self.file(Self.old)
        let base = try repository.commit(files, "old OPENAI_API_KEY=\(Self.old)")
        files[path] = Self.file(Self.value)
        let head = try repository.commit(files, "new")
        for format in ["text", "json", "sarif", "github", "gitlab", "junit"] {
            let run = try await repository.program.run("check", "--format", format)
            #expect(run.exitCode == 1 && run.output.contains("plaintext-key"), "\(format): \(run.error)")
            expectHidden(run, ["check", format])
        }
        let text = try await repository.program.run("check")
        #expect(text.output.matches(of: /error\[plaintext-key\]/).count == Self.fragments.count, "\(text.output)")
        for format in ["text", "json", "markdown", "github"] {
            for sides in [[base, head], [base, without], [without, head], [base]] {
                let command = ["diff", "--exact"] + sides + ["--format", format]
                let run = try await repository.program.run(command)
                #expect(run.exitCode == 0 && run.output.contains("[redacted]"), "\(run.error)")
                expectHidden(run, command)
            }
        }
        for command in [
            ["log", "acme/gpt-4o"], ["log", "acme/gpt-4o", "--format", "json"], ["blame", "acme/gpt-4o"],
            ["blame", "acme/gpt-4o", "--format", "json"],
        ] {
            let run = try await repository.program.run(command)
            #expect(run.exitCode == 0 && run.output.contains("[redacted]"), "\(run.error)")
            expectHidden(run, command)
        }
        for command in [
            ["compile"], ["provider", "show", "acme/gpt-4o"], ["provider", "show", "acme/gpt-4o", "--format", "json"],
            ["provider", "list", "--format", "json"], ["provider", "update", "acme/gpt-4o", "--default-model", "m"],
            ["provider", "update", "acme/gpt-4o", "--unset", "config"],
        ] {
            expectHidden(try await repository.program.run(command), command)
        }
    }

    @Test func showsKeyLikeHostsInLists() async throws {
        let repository = try ReviewRepository()
        var files = Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) })
        let hosts = ["ya29.abcdefghijklmnopqrstuvwx", "x.ya29.abcdefghijklmnopqrstuvwx.evil.example"]
        let path = "secrets/acme/openai-prod.yaml"
        files[path] = files[path]?.replacing("[api.openai.com]", with: "[\(hosts.joined(separator: ", "))]")
        try repository.commit(files)
        for command in [
            ["secret", "list"], ["secret", "list", "--format", "json"], ["secret", "show", "acme/openai-prod"],
            ["secret", "show", "--textconv", path], ["check"], ["check", "--format", "json"],
        ] {
            let run = try await repository.program.run(command)
            for host in hosts { #expect(run.output.contains(host), "\(command): \(run.output)\(run.error)") }
            #expect(!run.output.contains("[redacted]"), "\(command): \(run.output)")
        }
    }

    @Test func editsRejectPlaintextKey() async throws {
        let repository = try ReviewRepository()
        let files = Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) })
        try repository.commit(files)
        let create =
            ["provider", "create", "--project", "acme", "--name", "n", "--provider", "openai"]
            + ["--default-model", "m", "--secret", "openai-prod"]
        let pairs = [
            "OPENAI_API_KEY={}", "headers.x-portkey-api-key={}", "upstream=Bearer {}", "gateway_auth.value={}",
            "url=redis://u:{}@h.example",
        ]
        let options =
            pairs.map { ["--config", $0.replacing("{}", with: Self.value)] }
            + Self.fragments.map { ["--config-json", "{" + $0.replacing("{}", with: Self.value) + "}"] }
        for option in options {
            for command in [create + option, ["provider", "update", "acme/gpt-4o"] + option] {
                let run = try await repository.program.run(command)
                #expect(run.exitCode == 1 && run.error.contains("plaintext-key"), "\(command): \(run.error)")
                expectHidden(run, command)
            }
        }
        #expect(try repository.program.tool("git", "status", "--porcelain").output.isEmpty)
        let run = try await repository.program.run(["provider", "update", "acme/gpt-4o", "--config", "auth=ambient"])
        #expect(run.exitCode == 0 && run.output.contains("auth: ambient"), "\(run.error)")
    }
}
