import RosterBytes
import RosterHTTPClient
import RosterModel
import RosterPublication
import Synchronization
import Testing

@testable import RosterFleet

@Suite("Sources in OCI registries")
struct OCISourceTests {
    private typealias Answer = ScriptedSender.Answer

    private func source(
        _ sender: ScriptedSender,
        _ reference: String = "oci://registry.example.com/acme/llm-registry"
    ) throws -> OCISource {
        OCISource(
            try OCIExample.reference(reference),
            sender: sender,
            credentials: .none,
            interval: .seconds(15)
        )
    }

    private func problem(of answer: ScriptedSender.Answer) async throws -> SourceProblem {
        try await problem(of: source(ScriptedSender { _, _ in answer }))
    }

    private func problem(of source: OCISource) async throws -> SourceProblem {
        do throws(SourceProblem) {
            let check = try await source.check(unconditionally: true)
            Issue.record("the source was read: \(check)")
            return SourceProblem(.refused, "")
        } catch { return error }
    }

    private static func digest(_ text: String) -> String { "sha256:" + Digest.sha256(of: Array(text.utf8).span).hex }

    @Test func readConditionally() async throws {
        let sender = ScriptedSender { request, number in
            switch number {
            case 0: Answer(200, [("ETag", "W/\"1\"")], "one")
            case 1, 2: Answer(304)
            case 3: Answer(200, [], "two")
            default: Answer(304)
            }
        }
        let source = try source(sender)
        #expect(try await source.check(unconditionally: true) == .manifest(Array("one".utf8)))
        #expect(try await source.check(unconditionally: false) == .same)
        #expect(try await problem(of: source).reason == .refused)
        #expect(try await source.check(unconditionally: false) == .manifest(Array("two".utf8)))
        #expect(try await source.check(unconditionally: false) == .same)
        let validators = sender.requests.map { $0.field("if-none-match") }
        #expect(validators == [nil, "W/\"1\"", nil, "W/\"1\"", "\"\(Self.digest("two"))\""])
        #expect(sender.requests.allSatisfy { $0.field("accept") == Manifest.mediaType && $0.field("range") == nil })
    }

    @Test func askDockerHubByHEADFirst() async throws {
        let text = Mutex("one")
        let sender = ScriptedSender { request, _ in
            let text = text.withLock { $0 }
            return Answer(200, [("Docker-Content-Digest", Self.digest(text))], request.method == "HEAD" ? "" : text)
        }
        let source = try source(sender, "oci://docker.io/acme/x")
        _ = try await source.check(unconditionally: true)
        #expect(try await source.check(unconditionally: false) == .same)
        text.withLock { $0 = "two" }
        #expect(try await source.check(unconditionally: false) == .manifest(Array("two".utf8)))
        #expect(sender.requests.map(\.method) == ["GET", "HEAD", "HEAD", "GET"])
        #expect(sender.requests.allSatisfy { $0.origin.description == "https://registry-1.docker.io" })
    }

    @Test func readADigestOnce() async throws {
        let answers = Mutex([Answer(503), Answer(200, [], "other"), Answer(200, [], "one")])
        let sender = ScriptedSender { _, _ in answers.withLock { $0.removeFirst() } }
        let source = try source(sender, "oci://registry.example.com/a@" + Self.digest("one"))
        #expect(try await problem(of: source).reason == .refused)
        #expect(try await problem(of: source).reason == .content(.digestMismatch))
        #expect(try await source.check(unconditionally: true) == .manifest(Array("one".utf8)))
        #expect(try await source.check(unconditionally: false) == .same)
        #expect(try await source.check(unconditionally: true) == .manifest(Array("one".utf8)))
        #expect(sender.requests.count == 3)
        #expect(sender.requests[0].target == "/v2/a/manifests/" + Self.digest("one"))
    }

    @Test(arguments: [
        (403, SourceProblem.Reason.unauthorized), (404, .notFound), (429, .refused), (400, .refused), (500, .refused),
        (301, .refused), (304, .refused), (206, .refused), (204, .refused),
    ])
    func reportStatuses(_ status: Int, _ reason: SourceProblem.Reason) async throws {
        let problem = try await problem(of: Answer(status, [], "secret"))
        #expect(problem.reason == reason)
        #expect(!problem.message.contains("secret"))
    }

    @Test func reportTheTimeToWait() async throws {
        #expect(try await problem(of: Answer(429, [("Retry-After", "120")])).retryAfter == .seconds(120))
        #expect(try await problem(of: Answer(503, [("retry-after", "7")])).retryAfter == .seconds(7))
        #expect(try await problem(of: Answer(429, [("Retry-After", "soon")])).retryAfter == nil)
    }

    @Test func refuseAWrongDigest() async throws {
        let answer = Answer(200, [("Docker-Content-Digest", Self.digest("other"))], "one")
        #expect(try await problem(of: answer).reason == .content(.digestMismatch))
        let malformed = Answer(200, [("Docker-Content-Digest", "sha256:x")], "one")
        #expect(try await problem(of: malformed).reason == .content(.digestMismatch))
    }

    @Test func refuseAPage() async throws {
        let answer = Answer(200, [("Content-Type", "text/HTML; charset=utf-8")], "<html>secret</html>")
        let problem = try await problem(of: answer)
        #expect(problem.reason == .content(.malformed))
        #expect(!problem.message.contains("secret"))
    }

    @Test func stopReadingALargeManifest() async throws {
        let parts = Array(repeating: [UInt8](repeating: 0x20, count: 16 * 1024), count: 6400)
        let sender = ScriptedSender { _, _ in Answer(200, parts: parts) }
        #expect(try await problem(of: source(sender)).reason == .content(.tooLarge))
        #expect(sender.bytesRead.withLock { $0 } <= PublicationLimits.manifest + 16 * 1024)
    }

    @Test(arguments: [
        (HTTPFailure.closed, SourceProblem.Reason.unreachable), (.system(111), .unreachable),
        (.unresolved, .unreachable),
        (.headTimeout, .timeout), (.stalled, .timeout), (.certificate, .tls), (.otherHost(names: "x"), .tls),
        (.malformed, .content(.malformed)), (.forbiddenAddress("169.254.169.254"), .refused),
    ])
    func reportFailures(_ failure: HTTPFailure, _ reason: SourceProblem.Reason) async throws {
        let sender = ScriptedSender { _, _ throws(HTTPFailure) in throw failure }
        #expect(try await problem(of: source(sender)).reason == reason)
    }

    @Test func followARedirectionToStorageWithoutTheToken() async throws {
        let sender = ScriptedSender { request, number in
            if request.origin.description == "https://auth.example.com" { return Answer(200, [], #"{"token":"t"}"#) }
            if request.origin.description == "https://storage.example.com" { return Answer(200, [], "blob") }
            guard request.field("authorization") != nil else {
                return Answer(401, [("WWW-Authenticate", #"Bearer realm="https://auth.example.com/""#)])
            }
            return Answer(307, [("Location", "https://storage.example.com/blob?signature=x")])
        }
        let sink = OCIBlobSink(size: 4)
        try await source(sender).read(Digest.sha256(of: Array("blob".utf8).span), into: sink)
        #expect(sink.contents == Array("blob".utf8))
        let last = try #require(sender.requests.last)
        #expect(last.target == "/blob?signature=x" && last.field("authorization") == nil)
    }

    @Test func notLogInAtStorage() async throws {
        let sender = ScriptedSender { request, number in
            number == 0
                ? Answer(307, [("Location", "https://storage.example.com/")])
                : Answer(401, [("WWW-Authenticate", "Basic realm=\"x\"")])
        }
        let problem = await #expect(throws: SourceProblem.self) {
            try await source(sender).read(Digest(bytes: []), into: OCIBlobSink(size: 4))
        }
        #expect(problem?.reason == .unauthorized)
        #expect(sender.requests.count == 2)
    }

    @Test(arguments: ["http://storage.example.com/", "ftp://x/", "https://u:p@x/", "https://"])
    func refuseARedirection(_ location: String) async throws {
        let sender = ScriptedSender { _, _ in Answer(307, [("Location", location)]) }
        let problem = await #expect(throws: SourceProblem.self) {
            try await source(sender).read(Digest(bytes: []), into: OCIBlobSink(size: 4))
        }
        #expect(problem?.reason == .refused)
        #expect(sender.requests.count == 1)
    }

    @Test(arguments: ["https://registry.example.com/other", "/v2/other"])
    func refuseARedirectionOfAManifest(_ location: String) async throws {
        let sender = ScriptedSender { _, _ in Answer(307, [("Location", location)]) }
        #expect(try await problem(of: source(sender)).reason == .refused)
        #expect(sender.requests.count == 1)
    }

    @Test func endARedirectionLoop() async throws {
        let sender = ScriptedSender { request, _ in Answer(302, [("Location", request.target)]) }
        let problem = await #expect(throws: SourceProblem.self) {
            try await source(sender).read(Digest(bytes: []), into: OCIBlobSink(size: 4))
        }
        #expect(problem?.reason == .refused)
        #expect(sender.requests.count == RedirectFollower.limit + 1)
    }

    @Test func startACutDownloadAgainWithoutARange() async throws {
        let sender = ScriptedSender { _, number in
            let part = Array("blob".utf8.prefix(number + 2))
            return number < 2 ? Answer(200, parts: [part], failure: .closed) : Answer(200, [], "blob")
        }
        let sink = OCIBlobSink(size: 4)
        try await source(sender).read(Digest(bytes: []), into: sink)
        #expect(sink.contents == Array("blob".utf8))
        #expect(sender.requests.count == 3 && sender.requests.allSatisfy { $0.field("range") == nil })
    }

    @Test func endADownloadThatIsAlwaysCut() async throws {
        let sender = ScriptedSender { _, _ in Answer(200, parts: [[1]], failure: .closed) }
        let problem = await #expect(throws: SourceProblem.self) {
            try await source(sender).read(Digest(bytes: []), into: OCIBlobSink(size: 4))
        }
        #expect(problem?.reason == .unreachable)
        #expect(sender.requests.count == 3)
    }

    @Test func endADownloadThatTheSinkRefuses() async throws {
        let parts = Array(repeating: [UInt8](repeating: 0, count: 1024), count: 100_000)
        let sender = ScriptedSender { _, _ in Answer(200, parts: parts) }
        let problem = await #expect(throws: SourceProblem.self) {
            try await source(sender).read(Digest(bytes: []), into: OCIBlobSink(size: 2000))
        }
        #expect(problem?.reason == .content(.digestMismatch))
        #expect(sender.bytesRead.withLock { $0 } == 2048)
    }

    @Test func reportAMissingBlobAsIncomplete() async throws {
        let sender = ScriptedSender { _, _ in Answer(404) }
        let problem = await #expect(throws: SourceProblem.self) {
            try await source(sender).read(Digest(bytes: []), into: OCIBlobSink(size: 4))
        }
        #expect(problem?.reason == .incomplete)
    }
}
