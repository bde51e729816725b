import Foundation
import RosterTestSupport
import Testing

/// Secret files that a user edited, moved or copied by hand.
struct ChangedSecretFileTests {
    private static let path = "secrets/acme/openai.yaml"
    private static let key = "sk-canary-0123456789"

    /// A repository with a sealed secret, in which `acme/gpt` may send it to the hosts of OpenAI.
    private func repository() async throws -> (folder: ScratchFolder, program: RosterProgram) {
        let home = try ScratchFolder()
        let folder = try ScratchFolder.repository(keeping: home)
        var program = RosterProgram(folder: folder.path)
        program.environment = ["XDG_CONFIG_HOME": home.path, "CREDENTIALS_DIRECTORY": nil]
        try folder.write(
            "providers/acme/gpt.yaml",
            "id: aip_8QzKx0vT2mWb4NcR\nname: GPT\nprovider: openai\ndefaultModel: gpt-5.6\nsecret: openai\n"
        )
        #expect(try await program.run("key", "generate", "--name", "first").exitCode == 0)
        let set = try await program.run(
            ["secret", "set", "acme/openai", "--host", "api.openai.com"],
            input: Data(Self.key.utf8)
        )
        #expect(set.exitCode == 0, "\(set.error)")
        return (folder, program)
    }

    @Test func everyCommandReportsChangedSealedFields() async throws {
        let (folder, program) = try await repository()
        let text = try folder.read(Self.path)
        let id = try #require(text.split(separator: "\n").first { $0.hasPrefix("id: ") })
        let changes: [(old: String, new: String, words: [String])] = [
            (
                "[api.openai.com]", "[api.openai.com, evil.example.org]",
                [
                    "allowedHosts is [api.openai.com, evil.example.org], and [api.openai.com] is sealed",
                    "roster secret reseal acme/openai --host api.openai.com --host evil.example.org",
                ]
            ),
            ("generation: 1", "generation: 7", ["generation is 7, and 1 is sealed", "restore generation: 1"]),
            (
                String(id), "id: sec_0000000000000000",
                ["id is sec_0000000000000000, and \(id.dropFirst(4)) is sealed", "restore \(id)"]
            ),
        ]
        for (old, new, words) in changes {
            try folder.write(Self.path, text.replacing(old, with: new))
            #expect(try await program.run("check").exitCode == 0)
            for command in [
                ["secret", "verify"], ["secret", "verify", "acme/openai"], ["secret", "reseal", "acme/openai"],
                ["ping", "acme/gpt"], ["models", "acme/gpt"], ["exec", "acme/gpt", "--", "true"],
                ["ping", "--all"],
            ] {
                let run = try await program.run(command)
                #expect(run.exitCode == 3, "\(run)")
                let shown = run.error + run.output
                #expect((words + ["git log -p -- \(Self.path)"]).allSatisfy { shown.contains($0) }, "\(shown)")
                #expect(!shown.contains(Self.key))
            }
        }
    }

    @Test func suggestedCommandsRestoreSecret() async throws {
        let (folder, program) = try await repository()
        let text = try folder.read(Self.path)
        try folder.write(Self.path, text.replacing("[api.openai.com]", with: "[api.example.org]"))
        let refused = try await program.run("secret", "reseal", "acme/openai", "--host", "api.example.org")
        #expect(refused.exitCode == 3 && refused.error.contains("restore allowedHosts: [api.openai.com]"))
        try folder.write(Self.path, text)
        try folder.write(
            "providers/acme/gpt.yaml",
            try folder.read("providers/acme/gpt.yaml") + "baseUrl: https://api.example.org/v1\n"
        )
        #expect(try await program.run("secret", "reseal", "acme/openai", "--host", "api.example.org").exitCode == 0)
        #expect(try await program.run("secret", "verify").exitCode == 0)
    }

    @Test func reportsSealedProjectOfMovedFile() async throws {
        let (folder, program) = try await repository()
        #expect(try await program.run("project", "add", "beta").exitCode == 0)
        try folder.write("secrets/beta/openai.yaml", try folder.read(Self.path))
        try FileManager.default.removeItem(atPath: folder.path + "/" + Self.path)
        let run = try await program.run("secret", "verify")
        #expect(run.exitCode == 3 && run.error.contains("and proj_V1StGXR8Z5jdHi6B is sealed"), "\(run.error)")
        #expect(run.error.contains("roster secret set beta/openai --host api.openai.com"))
    }

    @Test func reportsChangedBox() async throws {
        let (folder, program) = try await repository()
        let text = try folder.read(Self.path)
        let box = try #require(text.split(separator: "box: ").last)
        let letter = box.dropFirst(60).first == "A" ? "B" : "A"
        try folder.write(Self.path, text.replacing(String(box), with: "\(box.prefix(60))\(letter)\(box.dropFirst(61))"))
        let run = try await program.run("secret", "verify")
        #expect(run.exitCode == 3 && run.error.contains("its box was changed"), "\(run.error)")
    }
}
