import Foundation
import RosterCompiler
import RosterFrontend
import RosterTestSupport
import Testing

@testable import RosterReview

/// No output of `diff`, `log` and `blame` contains a secret, for any change and in any format.
@Suite("Commands: canaries in lists, diff, log and blame")
struct CanaryTests {
    private static let key = "sk-ant-api03-" + String(repeating: "Vq7wT2xLm9Rz4KcJ8nBd1FgHs6YpEu3A", count: 3)
    private static let otherKey = "sk-proj-" + String(repeating: "Zx9Cv8Bn7Mq6Wp5E", count: 4)
    private static let hash = "5d0c8b7a6f5e4d3c2b1a09f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8"
    private static let otherHash = String(hash.reversed())
    private static let password = "hunter2hunter2"

    @Test func listsContainNoKey() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        try folder.write(
            "roster.yaml",
            try folder.read("roster.yaml").replacing("name: Acme", with: "name: \(Self.key)") + """
                access:
                  policies:
                    reader:
                      - effect: Allow
                        action: [aiProviders:ListAiProviders]
                        resource: [\(Self.key)]

                """
        )
        try folder.write(
            "providers/acme/local.yaml",
            "id: aip_8QzKx0vT2mWb4NcR\nname: \(Self.key)\nprovider: ollama\ndefaultModel: \(Self.otherKey)\n"
        )
        for command in [
            ["provider", "list"], ["provider", "show", "acme/local"], ["policy", "list"], ["project", "list"],
        ] {
            for format in ["text", "json"] {
                let run = try await program.run(command + ["--format", format])
                #expect(run.output.contains("[redacted]"), "\(command) \(run)")
                for key in [Self.key, Self.otherKey] { #expect(!(run.output + run.error).contains(key), "\(command)") }
            }
        }
    }

    @Test func diffFormatsContainNoBoxHashOrKey() async throws {
        let repository = try ReviewRepository()
        var base = AccessWidened.example.base
        var head = base
        let provider = RuleExample.provider.replacing("GPT-4o for checkout", with: "n")
        base[RiskExample.provider] = provider + "config:\n  apiKey: \(Self.key)\n  note: \(Self.password)\n"
        head[RiskExample.provider] =
            provider.replacing("name: n", with: "name: \(Self.otherKey)")
            + "baseUrl: https://me:\(Self.password)@evil.example/v1\n"
            + "config:\n  apiKey: \(Self.otherKey)\n  headers:\n    x-api-key: \(Self.password)\n  list: [{token: \(Self.password)}]\n"
        base["roster.yaml"] = base["roster.yaml"]?.replacing(Self.hash, with: Self.otherHash)
        head[RiskExample.secret] = head[RiskExample.secret]?.replacing("BBBB", with: "DDDD")
        head[".github/\(Self.key).yml"] = "x\n"
        head["providers/acme/broken.yaml"] = "key: [\(Self.key)\n"
        base["secrets/acme/gone.yaml"] = RiskExample.secondSecret
        let commits = (try repository.commit(base, Self.key), try repository.commit(head, "password: \(Self.password)"))
        // The name `note` in the config of the base does not denote a secret, so the password under it is shown.
        let canaries = [
            String(repeating: "B", count: 20), String(repeating: "D", count: 20), Self.key, Self.otherKey, Self.hash,
            Self.otherHash, String(Self.hash.prefix(12)), String(Self.otherHash.prefix(12)), "me:\(Self.password)",
        ]
        var outputs: [String] = []
        for format in ["text", "json", "markdown", "github"] {
            for sides in [[commits.0, commits.1], ["--exact", commits.1, commits.0], [commits.0]] {
                let run = try await repository.program.run(["diff"] + sides + ["--format", format])
                #expect(run.exitCode == 0 && run.output.count > 100)
                outputs.append(run.output + run.error)
            }
            let log = try await repository.program.run(
                "log",
                "acme/gpt-4o",
                "--format",
                format == "json" ? "json" : "text"
            )
            let blame = try await repository.program.run(
                "blame",
                "acme/gpt-4o",
                "--format",
                format == "json" ? "json" : "text"
            )
            #expect(log.exitCode == 0 && blame.exitCode == 0, "\(log.error) \(blame.error)")
            outputs += [log.output + log.error, blame.output + blame.error]
        }
        for output in outputs {
            #expect(output.contains("[redacted]"))
            for canary in canaries { #expect(!output.contains(canary), "\(canary) in \(output)") }
        }
        let review = outputs[0]
        #expect(review.contains("token-hash-changed") && review.contains("secret-resealed"))
    }
}
