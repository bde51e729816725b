import Foundation
import RosterCompiler
import RosterJSON
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterRuntime

/// A key whose secret has a path prefix is not sent outside of it, for any base URL, model or region.
@Suite("Commands: path prefixes of secrets")
struct PathConfinementTests {
    /// Returns a repository with a provider at a server, below the prefix of its secret.
    private static func repository(_ server: RecordingServer) async throws -> RuntimeRepository {
        let repository = try await RuntimeRepository()
        try await repository.seal(hosts: ["127.0.0.1:\(server.port)/tenants/7/"])
        try repository.add("google", handle: "p", model: "gemini", "secret: key\nbaseUrl: \(server.url)/tenants/7")
        return repository
    }

    private static let commands = [
        ["ping", "acme/p"], ["models", "acme/p"], ["exec", "acme/p", "--", "env"], ["ping", "acme/p", "--dry-run"],
        ["models", "acme/p", "--dry-run"], ["exec", "acme/p", "--dry-run", "--", "env"], ["ping", "--all"],
    ]

    @Test(
        "Nothing is sent to a path that a server may decode to a different one",
        arguments: [
            ("/..%2f8", "gemini"), ("/%2e%2e/8", "gemini"), ("/x;y", "gemini"), ("//x", "gemini"),
            ("", "../../../8/v1/models/gemini"), ("", "..\\8"), ("", "a%2e%2e"),
        ]
    )
    func rejectsPathTraversal(suffix: String, model: String) async throws {
        let server = try RecordingServer()
        let repository = try await Self.repository(server)
        #expect(try await repository.run("ping", "acme/p").exitCode == 0)
        #expect(try await repository.run("compile", "-o", "registry.json").exitCode == 0)
        let text = try repository.folder.read("registry.json")
        try repository.add(
            "google",
            handle: "p",
            model: model,
            "secret: key\nbaseUrl: \(server.url)/tenants/7\(suffix)"
        )
        let check = try await repository.run("check")
        #expect(check.exitCode == 1 && check.output.contains(suffix.isEmpty ? "invalid-value" : "invalid-base-url"))
        // A registry that was changed after it was compiled.
        let changed = text.replacing("/tenants/7\"", with: "/tenants/7\(suffix)\"")
            .replacing("\"gemini\"", with: "\"\(model.replacing("\\", with: "\\\\"))\"")
        #expect(changed != text)
        try repository.folder.write("changed.json", changed)
        for command in Self.commands {
            for registry in [[], ["--registry", "changed.json"]] {
                let run = try await repository.run([command[0]] + registry + command.dropFirst())
                #expect(run.exitCode == 3 && !run.output.contains("KEY="), "\(run)")
            }
        }
        #expect(try server.records().count == 1)
    }

    @Test("A prefix with such an encoding is not sealed")
    func rejectsAmbiguousPrefixes() async throws {
        let repository = try await RuntimeRepository()
        for path in ["/..%2f8/", "/a%5cb/", "/a;b/", "//", "/a/../", "/%2e/", "/%25/"] {
            let run = try await repository.run(
                "secret",
                "set",
                "acme/key",
                "--host",
                "h.example" + path,
                input: Data("KEY-1".utf8)
            )
            #expect(run.exitCode == 64, "\(run)")
        }
    }

    @Test("Opening a provider checks a registry that was not compiled by Roster")
    func checksRecordsOfCompiledRegistry() async throws {
        let server = try RecordingServer()
        let repository = try await Self.repository(server)
        let text = try await repository.run("compile").output
        let registry = try await RegistryDecoder.decode(Array(text.utf8))
        #expect(try registry.provider("acme/p").endpoint().chat.path == "/tenants/7/v1/models/gemini:generateContent")
        func refuses(_ change: (inout Provider) -> Void) throws {
            var registry = registry
            change(&registry.providers[0])
            let provider = try registry.provider("acme/p")
            let failure = #expect(throws: ProviderFailure.self) { _ = try provider.open(ProviderIdentities()) }
            #expect(failure?.code == .endpoint)
        }
        try refuses { $0.baseURL = "\(server.url)/tenants/7/..%2f8" }
        try refuses { $0.defaultModel = "../../8" }
        try refuses { $0.defaultModel = "models/" }
        for region in ["evil.example/", "a/b", "eu-1@evil.example"] {
            try refuses { provider in
                (provider.slug, provider.baseURL) = (.bedrock, nil)
                provider.config = JSONObject([JSONObject.Member(name: "region", value: .string(region))])
            }
        }
        try refuses { provider in
            provider.baseURL = nil
            provider.config = JSONObject([JSONObject.Member(name: "version", value: .string("v1/../../x"))])
        }
        withExtendedLifetime(repository) {}
    }
}
