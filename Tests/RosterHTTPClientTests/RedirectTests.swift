import RosterModel
import Synchronization
import Testing

@testable import RosterHTTPClient

@Suite("Redirections")
struct RedirectTests {
    private final class EmptyBody: HTTPBody {
        func next() async throws(HTTPFailure) -> [UInt8]? { nil }
        func cancel() {}
    }

    /// A sender that redirects as a table describes, and records the requests.
    private final class Table: HTTPSender {
        let locations: [String: String]
        let requests = Mutex<[HTTPRequest]>([])

        init(_ locations: [String: String]) { self.locations = locations }

        func send(_ request: HTTPRequest, timing: HTTPTiming) async throws(HTTPFailure) -> HTTPResponse {
            requests.withLock { $0.append(request) }
            guard let location = locations["\(request.origin)\(request.target)"] else {
                return HTTPResponse(status: 200, fields: [], body: EmptyBody())
            }
            return HTTPResponse(status: 307, fields: [("Location", location)], body: EmptyBody())
        }
    }

    private func follow(_ table: Table, _ start: String) async throws -> (String, [String?]) {
        let url = try BaseURL(start)
        let request = HTTPRequest("GET", url.origin, url.path, fields: [("authorization", "Bearer t"), ("A", "b")])
        let end = try await RedirectFollower(table).get(request, timing: HTTPTiming()).origin
        let requests = table.requests.withLock { $0 }
        #expect(requests.allSatisfy { $0.fields.contains { $0 == ("A", "b") } })
        let tokens = requests.map { $0.fields.first { $0.name == "authorization" }?.value }
        return ("\(end)\(requests.last?.target ?? "")", tokens)
    }

    @Test func keepTheTokenOnTheSameServerOnly() async throws {
        let table = Table([
            "https://a.example/x": "/y", "https://a.example/y": "https://b.example/z?sig=1%2F2",
            "https://b.example/z?sig=1%2F2": "https://a.example/w",
        ])
        let (end, tokens) = try await follow(table, "https://a.example/x")
        #expect(end == "https://a.example/w" && tokens == ["Bearer t", "Bearer t", nil, nil])
    }

    @Test(
        "Are refused",
        arguments: [
            ("https://a.example/x", "http://a.example/x", RedirectProblem.Reason.insecure),
            ("https://a.example/x", "http://localhost/x", .insecure),
            ("http://localhost/x", "http://b.example/", .insecure),
            ("https://a.example/x", "https://169.254.169.254/latest", .failed(.forbiddenAddress("169.254.169.254"))),
            ("https://a.example/x", "https://[fe80::1]/", .failed(.forbiddenAddress("[fe80::1]"))),
            ("https://a.example/x", "https://user:word@b.example/", .malformed),
            ("https://a.example/x", "ftp://b.example/", .malformed), ("https://a.example/x", "https://", .malformed),
            ("https://a.example/x", "javascript:alert(1)", .malformed), ("https://a.example/x", "/a b", .malformed),
            ("https://a.example/x", "\\\\b.example", .malformed),
            ("https://a.example/x", "https:/b.example", .malformed),
            ("https://a.example/x", "/x", .tooMany),
        ]
    )
    func refused(start: String, location: String, reason: RedirectProblem.Reason) async throws {
        let table = Table([start: location])
        let problem = await #expect(throws: RedirectProblem.self) { try await follow(table, start) }
        #expect(problem?.reason == reason)
        #expect(table.requests.withLock { $0.count } <= 1 + RedirectFollower.limit)
    }

    @Test func followPlainTextOnlyFromPlainText() async throws {
        let (end, _) = try await follow(Table(["http://localhost/x": "http://127.0.0.1:81/y"]), "http://localhost/x")
        #expect(end == "http://127.0.0.1:81/y")
        let (other, _) = try await follow(Table(["http://a.example/x": "http://b.example/y"]), "http://a.example/x")
        #expect(other == "http://b.example/y")
        let (secure, _) = try await follow(Table(["http://localhost/x": "https://b.example"]), "http://localhost/x")
        #expect(secure == "https://b.example/")
    }

    @Test(
        "Resolve references",
        arguments: [
            ("c", "/a/c"), ("./c?d", "/a/c?d"), ("../c", "/c"), ("../../c", "/c"), ("?q", "/a/b?q"), ("/c#f", "/c"),
            ("c/.", "/a/c/"), ("c/..", "/a/"), ("/c/../../d", "/d"), ("//b.example/e?f#g", "/e?f"),
            ("/c?x=../y", "/c?x=../y"),
        ]
    )
    func references(reference: String, target: String) throws {
        let base = try BaseURL("https://a.example").origin
        #expect(Location(reference, relativeTo: base, "/a/b?old")?.target == target)
    }
}
