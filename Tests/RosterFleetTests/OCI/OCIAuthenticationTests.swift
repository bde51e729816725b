import RosterBytes
import RosterHTTPClient
import RosterModel
import RosterPublication
import RosterTestSupport
import Synchronization
import Testing

@testable import RosterFleet

@Suite("Logins at registries")
struct OCIAuthenticationTests {
    private static let bearer = (
        name: "WWW-Authenticate",
        value:
            #"Bearer realm="https://auth.example.com/token?v=1",service="the registry",scope="repository:acme/llm-registry:pull""#
    )

    /// A registry that accepts one value of `Authorization`, with a token server.
    private func sender(
        accepting accepted: String,
        challenge: (name: String, value: String) = bearer,
        token: @escaping @Sendable (HTTPRequest) -> ScriptedSender.Answer = { _ in
            .init(200, [], #"{"token":"t1","expires_in":300}"#)
        }
    ) -> ScriptedSender {
        ScriptedSender { request, _ in
            if request.origin.description == "https://auth.example.com" { return token(request) }
            guard request.field("authorization") == accepted else { return .init(401, [challenge], "secret body") }
            return .init(200, [], "{}")
        }
    }

    private func source(
        _ sender: ScriptedSender,
        _ file: String? = nil,
        _ reference: String = "oci://registry.example.com/acme/llm-registry",
        _ encryption: OCIReference.Encryption = .exceptLoopback,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) throws -> OCISource {
        OCISource(
            try OCIExample.reference(reference, encryption),
            sender: sender,
            credentials: OCICredentials(path: file, isRequired: file != nil),
            interval: .seconds(15),
            now: now
        )
    }

    private func file(_ folder: ScratchFolder, _ entry: String) throws -> String {
        try folder.write("config.json", #"{"auths":{"registry.example.com":\#(entry)}}"#)
        return folder.path + "/config.json"
    }

    private func problem(_ source: OCISource) async throws -> SourceProblem {
        do {
            let check = try await source.check(unconditionally: true)
            Issue.record("the source was read: \(check)")
            throw SourceProblem(.refused, "")
        } catch { return try #require(error as? SourceProblem) }
    }

    @Test func requestAnAnonymousToken() async throws {
        let sender = sender(accepting: "Bearer t1")
        _ = try await source(sender).check(unconditionally: true)
        let target = "/token?v=1&service=the%20registry&scope=repository%3Aacme%2Fllm-registry%3Apull"
        #expect(
            sender.lines == [
                "GET https://registry.example.com/v2/acme/llm-registry/manifests/main",
                "GET https://auth.example.com" + target,
                "GET https://registry.example.com/v2/acme/llm-registry/manifests/main",
            ]
        )
        #expect(sender.requests[1].field("authorization") == nil)
    }

    @Test func keepATokenUntilShortlyBeforeItExpires() async throws {
        let start = ContinuousClock.now
        let elapsed = Mutex(Duration.zero)
        let sender = sender(accepting: "Bearer t1")
        let source = try source(sender, now: { start + elapsed.withLock { $0 } })
        for (seconds, requests) in [(0, 3), (289, 4), (291, 6), (580, 7)] {
            elapsed.withLock { $0 = .seconds(seconds) }
            _ = try await source.check(unconditionally: true)
            #expect(sender.requests.count == requests)
        }
    }

    @Test func sendCredentialsToTheTokenServerOnly() async throws {
        let folder = try ScratchFolder()
        let sender = sender(accepting: "Bearer t1")
        let file = try file(folder, #"{"username":"me","password":"pw"}"#)
        _ = try await source(sender, file).check(unconditionally: true)
        #expect(sender.requests.map { $0.field("authorization") } == [nil, "Basic bWU6cHc=", "Bearer t1"])
    }

    @Test func exchangeAnIdentityToken() async throws {
        let folder = try ScratchFolder()
        let sender = sender(accepting: "Bearer t2", token: { _ in .init(200, [], #"{"access_token":"t2"}"#) })
        let file = try file(folder, #"{"identitytoken":"refresh/1"}"#)
        _ = try await source(sender, file).check(unconditionally: true)
        let request = sender.requests[1]
        #expect(request.method == "POST" && request.target == "/token?v=1" && request.field("authorization") == nil)
        let body = String(decoding: request.body, as: UTF8.self)
        #expect(body.contains("grant_type=refresh_token") && body.contains("refresh_token=refresh%2F1"))
    }

    @Test func useBasicAndReadTheFileAgainAtARefusal() async throws {
        let folder = try ScratchFolder()
        let accepted = Mutex("Basic bWU6cHc=")
        let sender = ScriptedSender { request, _ in
            request.field("authorization") == accepted.withLock { $0 }
                ? .init(200, [], "{}") : .init(401, [("WWW-Authenticate", "Basic realm=\"x\"")])
        }
        let source = try source(sender, try file(folder, #"{"username":"me","password":"pw"}"#))
        _ = try await source.check(unconditionally: true)
        accepted.withLock { $0 = "Basic bWU6bmV3" }
        #expect(try await problem(source).reason == .unauthorized)
        _ = try file(folder, #"{"username":"me","password":"new"}"#)
        _ = try await source.check(unconditionally: true)
        _ = try await source.check(unconditionally: true)
        #expect(sender.requests.count == 7)
    }

    @Test func endAfterOneNewToken() async throws {
        let sender = sender(accepting: "never")
        let source = try source(sender)
        let problem = try await problem(source)
        #expect(problem.reason == .unauthorized && !problem.message.contains("secret"))
        #expect(sender.requests.count == 3)
    }

    @Test(arguments: [
        "http://auth.example.com/token", "ftp://auth.example.com/token", "/token", "https://u:p@auth.example.com/", "",
        "http://localhost/token", "https://auth.example.com/\\\"x",
    ])
    func refuseATokenServerWithoutTLS(_ realm: String) async throws {
        let folder = try ScratchFolder()
        let sender = sender(accepting: "x", challenge: ("www-authenticate", "Bearer realm=\"\(realm)\""))
        let source = try source(sender, try file(folder, #"{"username":"me","password":"pw"}"#))
        #expect(try await problem(source).reason == .unauthorized)
        #expect(sender.requests.count == 1)
    }

    @Test func allowATokenServerWithoutTLSForARegistryWithout() async throws {
        let challenge = ("WWW-Authenticate", #"Bearer realm="http://localhost:5001/token""#)
        let script: ScriptedSender.Script = { request, _ in
            if request.origin.port == 5001 { return .init(200, [], #"{"token":"t"}"#) }
            return request.field("authorization") == nil ? .init(401, [challenge]) : .init(200, [], "{}")
        }
        _ = try await source(ScriptedSender(script), nil, "oci://localhost:5000/a").check(unconditionally: true)
        _ = try await source(ScriptedSender(script), nil, "oci://r.example:5000/a", .never).check(unconditionally: true)
        let elsewhere = ("WWW-Authenticate", #"Bearer realm="http://auth.example.com/token""#)
        let source = try source(ScriptedSender { _, _ in .init(401, [elsewhere]) }, nil, "oci://localhost:5000/a")
        #expect(try await problem(source).reason == .unauthorized)
    }

    @Test(arguments: [
        (302, "", SourceProblem.Reason.refused), (500, "", .refused), (401, "", .unauthorized),
        (403, "", .unauthorized),
        (200, "{}", .unauthorized), (200, "<html>", .unauthorized), (200, #"{"token":""}"#, .unauthorized),
        (200, #"{"token":"a b"}"#, .unauthorized), (200, #"{"token":"a\r\nX: y"}"#, .unauthorized),
    ])
    func refuseAnAnswerWithoutAToken(_ status: Int, _ body: String, _ reason: SourceProblem.Reason) async throws {
        let sender = sender(
            accepting: "x",
            token: { _ in .init(status, [("Location", "https://evil.example/")], body) }
        )
        #expect(try await problem(source(sender)).reason == reason)
        #expect(sender.requests.count == 2)
    }

    @Test func refuseALargeAnswer() async throws {
        try await refuseAnAnswerWithoutAToken(200, String(repeating: " ", count: 70_000), .content(.tooLarge))
    }

    @Test func nameTheProgramThatIsNotStarted() async throws {
        let folder = try ScratchFolder()
        try folder.write("config.json", #"{"credHelpers":{"registry.example.com":"ecr-login"}}"#)
        let sender = sender(accepting: "x", challenge: ("WWW-Authenticate", "Basic realm=\"x\""))
        let problem = try await problem(source(sender, folder.path + "/config.json"))
        #expect(problem.reason == .unauthorized)
        #expect(problem.message.contains("ecr-login") && problem.message.contains("mount a file that is kept fresh"))
    }

    @Test(arguments: ["Negotiate", "Digest realm=\"x\"", "Basic realm=\"", "Bearer service=\"x\""])
    func refuseOtherMethods(_ challenge: String) async throws {
        let sender = sender(accepting: "x", challenge: ("WWW-Authenticate", challenge))
        #expect(try await problem(source(sender)).reason == .unauthorized)
    }

    @Test(arguments: [
        (#"{"token":"t"}"#, 50), (#"{"token":"t","expires_in":300}"#, 290), (#"{"token":"t","expires_in":5}"#, 0),
        (#"{"token":"t","expires_in":-1}"#, 50), (#"{"token":"t","expires_in":9223372036854775807}"#, 86_390),
        (#"{"token":"","access_token":"t"}"#, 50),
    ])
    func limitTheValidityOfTokens(_ answer: String, _ seconds: Int) throws {
        #expect(try #require(OCIToken(answer: Array(answer.utf8))).validity == .seconds(seconds))
    }
}
