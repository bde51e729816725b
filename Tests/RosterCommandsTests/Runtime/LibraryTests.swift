import Foundation
import RosterCompiler
import RosterJSON
import RosterModel
import RosterRuntime
import RosterTestSupport
import Testing

/// The library as used in its documentation.
@Suite("RosterRuntime as a library")
struct LibraryTests {
    /// Returns a registry with `acme/gpt-4o` at a server, and the identity that opens its secret.
    private func compiled(_ server: RecordingServer) async throws -> (
        registry: [UInt8], identity: String, RuntimeRepository
    ) {
        let repository = try await RuntimeRepository()
        try await repository.seal()
        try repository.add("openai", handle: "gpt-4o", "secret: key\nbaseUrl: \(server.url)/v1")
        let run = try await repository.run("compile")
        try #require(run.exitCode == 0, "\(run)")
        let folder = try #require(repository.folder.companion).path + "/roster/identities"
        let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
        return (Array(run.output.utf8), folder + "/" + file, repository)
    }

    /// Functions that send a request: with Roster's client and with Foundation's.
    static let senders: [@Sendable (ProviderRequest) async throws -> ProviderAnswer] = [
        { request in
            var limits = ClientLimits()
            // A long time-out, since other tests may keep the machine busy.
            (limits.connect, limits.total) = (.seconds(3600), .seconds(3600))
            return try await ProviderClient(limits: limits, environment: { _ in nil }).send(request)
        },
        FoundationClient.send,
    ]

    @Test(
        "The example of the documentation works with any client, and follows no redirect",
        arguments: senders.indices
    )
    func example(position: Int) async throws {
        let send = Self.senders[position]
        let server = try RecordingServer()
        let (registry, identity, repository) = try await compiled(server)
        #expect(try await answer(to: "ping?", registry: registry, identity: identity, sending: send) == "pong")
        let record = try #require(try server.records().first)
        #expect(record.header("authorization") == "Bearer " + RuntimeRepository.key)
        #expect(record.body.contains("\"ping?\"") && record.target == "/v1/chat/completions")
        let other = try RecordingServer()
        let away = try RecordingServer(
            answers: #"{"*": [{"status": 307, "headers": {"Location": "\#(other.url)/"}, "body": ""}]}"#
        )
        let (second, file, another) = try await compiled(away)
        let failure = await #expect(throws: ProviderFailure.self) {
            try await answer(to: "ping?", registry: second, identity: file, sending: send)
        }
        #expect(failure?.code == .redirect)
        #expect(try other.records().isEmpty)
        withExtendedLifetime((repository, another)) {}
    }

    @Test("The documentation contains the compiled example")
    func documentation() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let source = try String(contentsOf: folder.appending(path: "LibraryExample.swift"), encoding: .utf8)
        let start = try #require(source.range(of: "// example\n")?.upperBound)
        let end = try #require(source.range(of: "// end of the example")?.lowerBound)
        let page = folder.appending(path: "../../../Sources/RosterRuntime/Documentation.docc/RosterRuntime.md")
        let text = try String(contentsOf: page.standardizedFileURL, encoding: .utf8)
        #expect(text.contains("```swift\nimport RosterCompiler\nimport RosterRuntime\n\n\(source[start..<end])```"))
    }

    @Test("Descriptions of a request contain no key")
    func printing() async throws {
        let server = try RecordingServer()
        let (document, identity, repository) = try await compiled(server)
        let registry = try await RegistryDecoder.decode(document)
        let endpoint = try registry.provider("acme/gpt-4o").open(try ProviderIdentities(files: [identity]))
        let request = try endpoint.chatRequest("hello", maximumTokens: 1)
        #expect(request.carriesKey)
        #expect(request.headers.contains { $0.value == "Bearer " + RuntimeRepository.key })
        var dumped = ""
        dump(request, to: &dumped)
        dump(request.headers, to: &dumped)
        dump(Optional(request), to: &dumped)
        let printed = "\(request) \(String(reflecting: request)) \(request.headers) \([request]) \(dumped)"
        #expect(printed.contains("[redacted]") && !printed.contains("Canary"))
        #expect(endpoint.redacted("it is \(RuntimeRepository.key).") == "it is [redacted].")
        #expect(request.goes(to: "127.0.0.1", port: server.port))
        for (host, port) in [("127.0.0.1", 80), ("localhost", server.port), ("127.0.0.1.", server.port)] {
            #expect(!request.goes(to: host, port: port))
        }
        withExtendedLifetime(repository) {}
    }

    @Test("A failure to open a provider has a code for its cause")
    func failures() async throws {
        let server = try RecordingServer()
        let (document, identity, repository) = try await compiled(server)
        let registry = try await RegistryDecoder.decode(document)
        let provider = try registry.provider("acme/gpt-4o")
        func code(_ body: () throws -> Void) -> ProviderFailure.Code? {
            do {
                try body()
                return nil
            } catch { return (error as? ProviderFailure)?.code }
        }
        #expect(code { _ = try registry.provider("acme/nobody") } == .unknownProvider)
        #expect(code { _ = try provider.open(ProviderIdentities()) } == .identity)
        #expect(code { _ = try ProviderIdentities(files: ["/nonexistent"]) } == .identity)
        #expect(
            code { _ = try provider.open(try ProviderIdentities(for: provider, environment: { _ in nil })) }
                == .identity
        )
        let found = ["ROSTER_IDENTITY_FILE": identity]
        #expect(
            code { _ = try provider.open(try ProviderIdentities(for: provider, environment: { found[$0] })) } == nil
        )
        var changed = registry
        changed.secrets[0].allowedHosts = try ["127.0.0.1", "evil.example.com"].map { try AllowedHost($0) }
        #expect(
            code { _ = try changed.provider("acme/gpt-4o").open(try ProviderIdentities(files: [identity])) }
                == .doesNotOpen
        )
        changed = registry
        changed.providers[0].baseURL = "http://evil.example.com"
        #expect(
            code { _ = try changed.provider("acme/gpt-4o").open(try ProviderIdentities(files: [identity])) }
                == .notAllowed
        )
        changed.providers[0].baseURL = "https://evil.example.com"
        #expect(
            code { _ = try changed.provider("acme/gpt-4o").open(try ProviderIdentities(files: [identity])) }
                == .notAllowed
        )
        changed.providers[0].baseURL = "https://169.254.169.254"
        #expect(
            code { _ = try changed.provider("acme/gpt-4o").open(try ProviderIdentities(files: [identity])) }
                == .endpoint
        )
        changed.providers[0].baseURL = "nonsense"
        #expect(
            code { _ = try changed.provider("acme/gpt-4o").open(try ProviderIdentities(files: [identity])) }
                == .endpoint
        )
        changed = registry
        changed.providers[0].secretID = nil
        #expect(code { _ = try changed.provider("acme/gpt-4o").open(ProviderIdentities()) } == .noCredentials)
        changed = registry
        changed.providers[0].config = JSONObject([.init(name: "organization", value: .string("a\r\nX-Evil: b"))])
        #expect(
            code {
                let open = try changed.provider("acme/gpt-4o").open(try ProviderIdentities(files: [identity]))
                _ = try open.modelsRequest()
            } == .endpoint
        )
        #expect(try server.records().isEmpty)
        withExtendedLifetime(repository) {}
    }
}
