import NIOCore
import NIOEmbedded
import NIOHTTP1
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Plain request heads")
struct PlainRequestHeadTests {
    private static let limits = PlainRequestHead.Limits(headBytes: 16 * 1024, targetBytes: 8 * 1024, fields: 100)

    private static func parse(_ text: String, _ limits: PlainRequestHead.Limits = limits) -> PlainRequestHead? {
        ByteBuffer(string: text).withBytes { PlainRequestHead($0, limits: limits) }
    }

    @Test func parsesTheRequestsOfCommonClients() throws {
        let text =
            "GET /api/v1/ai-providers?limit=5&name=%C3%A4 HTTP/1.1\r\nHost: localhost:4100\r\nUser-Agent: curl/8.5.0\r\n"
            + "Accept: */*\r\nconnection: keep-alive\r\nX-Request-Id:  abc \t\r\nX:\r\n\r\n"
        let head = try #require(Self.parse(text + "GET /"))
        #expect(!head.isHead && head.length == text.utf8.count)
        let request = Request(head, in: ByteBuffer(string: text), time: .init(secondsSince1970: 0)) {
            RequestID(number: 1)
        }
        #expect(request.method == .GET && request.isHTTP11 && request.target.path == "/api/v1/ai-providers")
        #expect(request.target.query == "limit=5&name=%C3%A4" && request.id.text == "abc" && request.hasOwnID)
        #expect(request.fields.host == "localhost:4100" && request.fields.hostCount == 1)
        #expect(request.fields.names == ["Host", "User-Agent", "Accept", "connection", "X-Request-Id", "X"])
        #expect(request.fields.values(of: "ACCEPT") == ["*/*"] && request.fields.values(of: "x") == [""])
        #expect(Self.parse("HEAD / HTTP/1.1\r\nHost:\r\n\r\n")?.isHead == true)
    }

    @Test func rejectsEverySmuggledRequest() {
        for (name, bytes) in SmugglingCorpus.refused { #expect(Self.parse(bytes) == nil, "\(name)") }
    }

    @Test(
        "Leaves heads that are not plain to the decoder",
        arguments: [
            "", "GET", "GET / HTTP/1.1\r\nHost: a\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r",
            "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\n\r\n", "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\u{E4} HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nProxy-Connection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: \u{E4}\r\n\r\n", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n",
        ]
    )
    func leavesOthers(_ text: String) { #expect(Self.parse(text) == nil) }

    @Test func limitsAreTheDecodersOrStricter() {
        let head = "GET /abc HTTP/1.1\r\nHost: a\r\nX: b\r\n\r\n"
        var limits = PlainRequestHead.Limits(headBytes: head.utf8.count, targetBytes: 4, fields: 2)
        #expect(Self.parse(head, limits) != nil)
        for change: (inout PlainRequestHead.Limits) -> Void in [
            { $0.headBytes -= 1 }, { $0.targetBytes -= 1 }, { $0.fields -= 1 },
        ] {
            var strict = limits
            change(&strict)
            #expect(Self.parse(head, strict) == nil)
        }
        limits.fields = 1
        #expect(Self.parse("GET / HTTP/1.1\r\nHost: a\r\n\r\n", limits) != nil)
    }

    @Test("Agrees with the decoder of swift-nio on every head", arguments: [UInt64.random(in: .min ... .max)])
    func agrees(seed: UInt64) throws {
        var (numbers, plain) = (SeededGenerator(seed: seed), 0)
        for _ in 0..<10_000 {
            var bytes = Array(HeadGenerator.plain(&numbers).utf8)
            HeadGenerator.mutate(&bytes, &numbers)
            let buffer = ByteBuffer(bytes: bytes)
            guard let head = buffer.withBytes({ PlainRequestHead($0, limits: Self.limits) }) else { continue }
            plain += 1
            try compare(head, bytes)
        }
        #expect(plain > 2_000)
    }

    /// Expects that swift-nio's decoder reads the same request from the same bytes, and is ready for another.
    private func compare(_ head: PlainRequestHead, _ bytes: [UInt8]) throws {
        let text = Comment(rawValue: String(decoding: bytes, as: UTF8.self))
        let request = Request(head, in: ByteBuffer(bytes: bytes), time: .init(secondsSince1970: 0)) {
            RequestID(number: 1)
        }
        let channel = EmbeddedChannel()
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
        for _ in 0..<2 {
            try channel.writeInbound(ByteBuffer(bytes: bytes[..<head.length]))
            guard case .head(let decoded)? = try channel.readInbound(as: HTTPServerRequestPart.self) else {
                Issue.record(text)
                return
            }
            guard case .end(nil)? = try channel.readInbound(as: HTTPServerRequestPart.self) else {
                Issue.record(text)
                return
            }
            #expect(try channel.readInbound(as: HTTPServerRequestPart.self) == nil, text)
            #expect(decoded.method == request.method && decoded.version == .http1_1 && decoded.isKeepAlive, text)
            let other = Request(decoded, time: .init(secondsSince1970: 0)) { RequestID(number: 1) }
            #expect(other.target.path == request.target.path && other.target.query == request.target.query, text)
            #expect(other.target.route == request.target.route && other.id == request.id, text)
            #expect(other.fields.names == request.fields.names, text)
            for name in request.fields.names {
                #expect(other.fields.values(of: name) == request.fields.values(of: name), text)
            }
            expectSameFields(request.fields, other.fields, text)
        }
    }

    private func expectSameFields(_ one: RequestFields, _ other: RequestFields, _ text: Comment) {
        #expect(one.authorization == other.authorization && one.ifNoneMatch == other.ifNoneMatch, text)
        #expect(one.acceptEncoding == other.acceptEncoding && one.requestID == other.requestID, text)
        #expect(one.host == other.host && one.hostCount == 1 && other.hostCount == 1, text)
        #expect(one.origin == other.origin && one.contentType == other.contentType, text)
        #expect(one.expect == nil && other.expect == nil && !one.hasUpgrade && !other.hasUpgrade, text)
        #expect(one.transferCoding == .none && other.transferCoding == .none && other.contentLength == nil, text)
    }

    @Test(
        "Pieces that complete a head end with its empty line",
        arguments: [
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", true), ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", true),
            ("GET / HTTP/1.1\r\nHost: a\r\n", false), ("", false), ("\r\n", false),
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\nx", false), ("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n", false),
            ("GET / HTTP/1.1\r\nHost: a\n\n", false), ("0\r\n\r\nPATCH / HTTP/1.1\r\n\r\n", false),
        ]
    )
    func endsWithFirstEmptyLine(_ text: String, isComplete: Bool) {
        #expect(ByteBuffer(string: text).withBytes { PlainRequestDecoder.endsWithFirstEmptyLine($0) } == isComplete)
    }
}
