import RosterBytes
import RosterHTTPClient
import RosterModel
import RosterPublication
import Synchronization
import Testing

@testable import RosterFleet

/// Tests with answers that a real registry cannot be made to give; ``DockerRegistryTests`` use one.
@Suite("Destinations in OCI registries")
struct OCIDestinationTests {
    private typealias Answer = ScriptedSender.Answer

    /// A registry that has every blob, and one tag that other publishers write.
    private final class Tag: Sendable {
        let manifest: Mutex<[UInt8]?>
        let written = Mutex<[String]>([])

        init(_ publication: SignedPublication?) { manifest = Mutex(publication?.manifest) }

        func answer(_ request: HTTPRequest) -> Answer {
            switch request.method {
            case "HEAD": return Answer(200)
            case "GET" where request.target.contains("/manifests/"):
                guard let bytes = manifest.withLock({ $0 }) else { return Answer(404) }
                return Answer(200, parts: [bytes])
            case "PUT":
                written.withLock { $0.append(String(request.target.split(separator: "/").last ?? "")) }
                if request.target.hasSuffix("/main") { manifest.withLock { $0 = request.body } }
                return Answer(201)
            default: return Answer(405)
            }
        }
    }

    private func destination(
        _ sender: ScriptedSender,
        _ waits: OCIExample.Waits = OCIExample.Waits()
    ) throws -> OCIDestination {
        try OCIDestination(
            try OCIExample.reference(),
            sender: sender,
            credentials: .none,
            schedule: OCIExample.schedule(waits)
        )
    }

    private func seen(_ publication: SignedPublication) -> PublishedManifest {
        PublishedManifest(manifest: publication.manifest, envelope: publication.envelope)
    }

    @Test func writeTheSerialFirstAndReadAgainAfterASecond() async throws {
        let (tag, waits) = (Tag(nil), OCIExample.Waits())
        let sender = ScriptedSender { request, _ in tag.answer(request) }
        let publication = try OCIExample.publication()
        #expect(try await destination(sender).current() == nil)
        try await destination(sender, waits).publish(publication, after: nil, keeping: 10)
        #expect(tag.written.withLock { $0 } == ["main-1795899518487", "main"])
        #expect(waits.times.withLock { $0 } == [.seconds(1)])
        #expect(try await destination(sender).current() == seen(publication))
    }

    @Test func reportAPublisherThatWroteSinceTheGuards() async throws {
        let (old, other) = (try OCIExample.publication(serial: 100), try OCIExample.publication(serial: 200))
        let tag = Tag(other)
        let sender = ScriptedSender { request, _ in tag.answer(request) }
        await #expect(throws: DestinationProblem.overtaken(by: other.statement.serial)) {
            try await destination(sender).publish(
                try OCIExample.publication(serial: 300),
                after: seen(old),
                keeping: 10
            )
        }
        #expect(tag.written.withLock { $0 } == [])
    }

    @Test func reportANewerPublisherOfTheSameSecond() async throws {
        let (tag, waits) = (Tag(nil), OCIExample.Waits())
        let sender = ScriptedSender { request, _ in tag.answer(request) }
        let other = try OCIExample.publication(serial: 301)
        waits.action.withLock { $0 = { tag.manifest.withLock { $0 = other.manifest } } }
        await #expect(throws: DestinationProblem.overtaken(by: other.statement.serial)) {
            try await destination(sender, waits).publish(
                try OCIExample.publication(serial: 300),
                after: nil,
                keeping: 10
            )
        }
    }

    @Test func writeOnceAgainAfterAnOlderPublisher() async throws {
        let (tag, waits) = (Tag(nil), OCIExample.Waits())
        let sender = ScriptedSender { request, _ in tag.answer(request) }
        let other = try OCIExample.publication(serial: 299)
        let publication = try OCIExample.publication(serial: 300)
        waits.action.withLock {
            $0 = {
                if waits.times.withLock({ $0.count }) == 1 { tag.manifest.withLock { $0 = other.manifest } }
            }
        }
        try await destination(sender, waits).publish(publication, after: nil, keeping: 10)
        #expect(tag.written.withLock { $0 } == ["main-300", "main", "main"])
        #expect(tag.manifest.withLock { $0 } == publication.manifest)
    }

    @Test func notOverwriteSomethingElse() async throws {
        let image = #"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}"#
        let sender = ScriptedSender { _, _ in Answer(200, [], image) }
        let problem = await #expect(throws: DestinationProblem.self) { try await destination(sender).current() }
        guard case .failed(let reason)? = problem else {
            Issue.record("the problem is \(String(describing: problem))")
            return
        }
        #expect(reason.message.contains("something else"))
        #expect(sender.requests[0].field("accept")?.contains("application/vnd.oci.image.index.v1+json") ?? false)
    }

    @Test func readAnEnvelopeThatAToolLeftOut() async throws {
        let publication = try OCIExample.publication()
        let manifest = String(decoding: publication.manifest, as: UTF8.self)
        let data = ",\"data\":\"" + CanonicalBase64.encode(publication.envelope.span) + "\""
        #expect(manifest.contains(data))
        let sender = ScriptedSender { request, _ in
            request.target.contains("/blobs/")
                ? Answer(200, parts: [publication.envelope]) : Answer(200, [], manifest.replacing(data, with: ""))
        }
        #expect(try await destination(sender).current()?.envelope == publication.envelope)
        let wrong = ScriptedSender { request, _ in
            request.target.contains("/blobs/")
                ? Answer(200, [], "x") : Answer(200, [], manifest.replacing(data, with: ""))
        }
        await #expect(throws: DestinationProblem.self) { try await destination(wrong).current() }
    }

    @Test(arguments: [
        ("/v2/upload?state=a%2Fb", "/v2/upload?state=a%2Fb&digest=sha256%3A"),
        ("https://registry.example.com/u", "/u?digest=sha256%3A"),
        ("//registry.example.com/u?", "/u?digest=sha256%3A"),
    ])
    func uploadToTheAddressThatTheRegistryNames(_ location: String, _ target: String) async throws {
        let sender = ScriptedSender { request, _ in
            switch request.method {
            case "HEAD": Answer(404)
            case "POST": Answer(202, [("Location", location)])
            case "PUT": Answer(201)
            default: Answer(404)
            }
        }
        let client = OCIClient(try OCIExample.reference(), .push, sender, .none, now: { .now })
        try await client.upload(Array("blob".utf8))
        let upload = try #require(sender.requests.last)
        #expect(upload.method == "PUT" && upload.target.hasPrefix(target) && upload.body == Array("blob".utf8))
    }

    @Test(arguments: [
        "http://registry.example.com/u", "https://evil.example/u", "https://registry.example.com:8443/u", "", "u",
    ])
    func refuseToUploadElsewhere(_ location: String) async throws {
        let sender = ScriptedSender { request, _ in
            request.method == "HEAD" ? Answer(404) : Answer(202, [("Location", location)])
        }
        let client = OCIClient(try OCIExample.reference(), .push, sender, .none, now: { .now })
        let problem = await #expect(throws: SourceProblem.self) { try await client.upload(Array("blob".utf8)) }
        #expect(problem?.reason == .refused)
        #expect(sender.requests.map(\.method) == ["HEAD", "POST"])
    }

    @Test func allowTimeForALargeUpload() async throws {
        let sender = ScriptedSender { request, _ in
            switch request.method {
            case "HEAD": Answer(404)
            case "POST": Answer(202, [("Location", "/u")])
            default: Answer(201)
            }
        }
        let client = OCIClient(try OCIExample.reference(), .push, sender, .none, now: { .now })
        try await client.upload([UInt8](repeating: 0, count: PublicationLimits.compressed))
        #expect(sender.timings.withLock { $0.map(\.head) } == [.seconds(30), .seconds(30), .seconds(164)])
    }

    @Test func removeTheTagsOfOlderPublications() async throws {
        let tag = Tag(nil)
        let tags = [
            "main", "main-1", "main-300", "main-200", "main-100", "main-0100", "main-x", "other-50", "main-400",
        ]
        let sender = ScriptedSender { request, _ in
            switch (request.method, request.target.split(separator: "/").last ?? "") {
            case ("GET", "list?n=1000"):
                Answer(200, [], #"{"name":"x","tags":[\#(tags.map { "\"\($0)\"" }.joined(separator: ","))]}"#)
            case ("DELETE", "main-100"): Answer(202)
            case ("DELETE", _): Answer(405)
            default: tag.answer(request)
            }
        }
        try await destination(sender).publish(try OCIExample.publication(serial: 300), after: nil, keeping: 1)
        let removed = sender.requests.filter { $0.method == "DELETE" }.map(\.target)
        // The registry refuses the second, which ends the removal.
        #expect(removed == ["main-100", "main-1"].map { "/v2/acme/llm-registry/manifests/" + $0 })
    }
}
