import Foundation
import RosterTestSupport
import Testing

@testable import RosterCommands

/// A handle without its project names a record where it is unique.
@Suite("Names: handles without a project")
struct BareHandleTests {
    /// Two projects with a provider `shared` each; `labs` also has a provider and a secret that `acme` lacks.
    private func repository() async throws -> RuntimeRepository {
        let repository = try await RuntimeRepository()
        let labs = try await repository.run("project", "add", "labs")
        try #require(labs.exitCode == 0, "\(labs)")
        for project in ["acme", "labs"] {
            try repository.folder.write(
                "providers/\(project)/shared.yaml",
                "id: aip_\(project)AAAAAAAAAAAA\nname: Shared\nprovider: ollama\ndefaultModel: m\n"
            )
            try await repository.seal(RuntimeRepository.key, "\(project)/common", hosts: ["127.0.0.1"])
        }
        try await repository.seal(RuntimeRepository.key, "labs/own", hosts: ["127.0.0.1"])
        try repository.folder.write(
            "providers/labs/single.yaml",
            "id: aip_singleAAAAAAAAAA\nname: Single\nprovider: openai\ndefaultModel: m\nsecret: own\n"
                + "baseUrl: http://127.0.0.1:1/v1\n"
        )
        return repository
    }

    private static let providerLines: [[String]] = [
        ["provider", "show", "NAME"], ["provider", "update", "NAME", "--name", "x", "--dry-run"],
        ["provider", "delete", "NAME", "--dry-run"], ["models", "NAME", "--dry-run"], ["ping", "NAME", "--dry-run"],
        ["exec", "NAME", "--dry-run"], ["log", "NAME"], ["blame", "NAME"],
        ["secret", "set", "labs/new", "--for", "NAME"],
    ]
    private static let secretLines: [[String]] = [
        ["secret", "show", "NAME"], ["secret", "verify", "NAME"], ["secret", "reseal", "NAME"],
        ["secret", "rename", "NAME", "other"], ["secret", "delete", "NAME"], ["secret", "set", "NAME"],
    ]

    private func commit(_ repository: RuntimeRepository) throws {
        try repository.program.tool("git", "init", "--quiet")
        try repository.program.tool("git", "add", ".")
        try repository.program.tool("git", "commit", "--quiet", "--message", "All")
    }

    @Test func ambiguousHandlesAreRefusedWithTheCandidates() async throws {
        let repository = try await repository()
        try commit(repository)
        for (lines, name) in [(Self.providerLines, "shared"), (Self.secretLines, "common")] {
            for line in lines {
                let words = line.map { $0 == "NAME" ? name : $0 }
                let run = try await repository.run(words, input: Data(RuntimeRepository.key.utf8))
                #expect(run.exitCode == 3 && run.output.isEmpty, "\(words): \(run)")
                #expect(run.error.contains("acme/\(name), labs/\(name)"), "\(words): \(run)")
            }
        }
        #expect(try repository.program.tool("git", "status", "--porcelain").output.isEmpty)
    }

    @Test func uniqueHandlesNameTheRecord() async throws {
        let repository = try await repository()
        try commit(repository)
        let program = repository.program
        for line in Self.providerLines.dropLast() {
            let bare = try await program.run(line.map { $0 == "NAME" ? "single" : $0 })
            let full = try await program.run(line.map { $0 == "NAME" ? "labs/single" : $0 })
            #expect(bare.exitCode == 0 && bare.output == full.output && bare.error == full.error, "\(line): \(bare)")
        }
        for line in Self.secretLines.prefix(3) {
            let bare = try await program.run(line.map { $0 == "NAME" ? "own" : $0 })
            #expect(bare.exitCode == 0 && bare.output.contains("labs/own"), "\(line): \(bare)")
        }
        let value = try await program.run("secret", "set", "own", input: Data(RuntimeRepository.key.utf8))
        #expect(value.exitCode == 0 && value.output.contains("labs/own"), "\(value)")
        let renamed = try await program.run("secret", "rename", "own", "other")
        #expect(renamed.exitCode == 0 && renamed.output.contains("renamed labs/own to labs/other"), "\(renamed)")
        let deleted = try await program.run("provider", "rm", "single")
        #expect(deleted.exitCode == 0 && !repository.folder.exists("providers/labs/single.yaml"), "\(deleted)")
        #expect(try await program.run("secret", "rm", "other").exitCode == 0)
    }

    @Test func filesWithErrorsCount() async throws {
        let repository = try await repository()
        try repository.folder.write("providers/acme/single.yaml", "id: [\n")
        try repository.folder.write("secrets/acme/own.yaml", "id: [\n")
        for line in [["provider", "show", "single"], ["ping", "single", "--dry-run"], ["secret", "show", "own"]] {
            let run = try await repository.run(line)
            #expect(run.exitCode == 3 && run.error.contains("write which one: acme/"), "\(line): \(run)")
        }
    }

    @Test func compiledRegistriesHaveHandles() async throws {
        let repository = try await repository()
        #expect(try await repository.run("compile", "-o", "registry.json").exitCode == 0)
        let one = try await repository.run("ping", "single", "--dry-run", "--registry", "registry.json")
        #expect(one.exitCode == 0, "\(one)")
        let two = try await repository.run("ping", "shared", "--dry-run", "--registry", "registry.json")
        #expect(two.exitCode == 3 && two.error.contains("acme/shared, labs/shared"), "\(two)")
    }

    @Test func unknownHandlesAndNewSecretsNeedTheirProject() async throws {
        let repository = try await repository()
        let run = try await repository.run("provider", "show", "singel")
        #expect(run.exitCode == 3 && run.error.contains("did you mean \"labs/single\"?"), "\(run)")
        let new = try await repository.run("secret", "set", "brand-new", "--for", "openai", input: Data("x".utf8))
        #expect(new.exitCode == 64 && new.error.contains("write PROJECT/NAME"), "\(new)")
        // A slug is a slug, also when a provider has its name.
        try repository.folder.write(
            "providers/acme/ollama.yaml",
            "id: aip_ollamaAAAAAAAAAA\nname: O\nprovider: ollama\ndefaultModel: m\n"
        )
        let slug = try await repository.run("secret", "set", "acme/x", "--for", "openai", input: Data("a1b2c3".utf8))
        #expect(slug.exitCode == 0 && slug.output.contains("api.openai.com"), "\(slug)")
    }

    @Test func movedProviderHasOneHistory() async throws {
        let repository = try await repository()
        try commit(repository)
        try FileManager.default.moveItem(
            atPath: repository.folder.path + "/providers/labs/shared.yaml",
            toPath: repository.folder.path + "/providers/labs/moved.yaml"
        )
        let log = try await repository.run("log", "shared")
        #expect(log.exitCode == 3 && log.error.contains("acme/shared, labs/shared"), "HEAD still has both: \(log)")
        #expect(try await repository.run("blame", "single").exitCode == 0)
    }
}
