import RosterBytes
import RosterFleet
import RosterHTTPClient
import RosterPublication
import Synchronization
import Testing

@Suite("Answers of web servers")
struct WebAnswerTests {
    /// A body of given parts, which may break.
    private final class Parts: HTTPBody {
        private let parts: Mutex<[[UInt8]]>
        private let failure: HTTPFailure?

        init(_ parts: [[UInt8]], _ failure: HTTPFailure?) {
            self.parts = Mutex(parts.reversed())
            self.failure = failure
        }

        func next() async throws(HTTPFailure) -> [UInt8]? {
            if let part = parts.withLock({ $0.popLast() }) { return part }
            if let failure { throw failure }
            return nil
        }

        func cancel() {}
    }

    private struct Answer: Sendable {
        var status = 200
        var fields: [(name: String, value: String)] = []
        var parts: [[UInt8]] = []
        var failure: HTTPFailure?
    }

    /// A sender with given answers, which records the requests.
    private final class Script: HTTPSender {
        private let answers: Mutex<[Answer]>
        let requests = Mutex<[HTTPRequest]>([])

        init(_ answers: [Answer]) { self.answers = Mutex(answers.reversed()) }

        func send(_ request: HTTPRequest, timing: HTTPTiming) async throws(HTTPFailure) -> HTTPResponse {
            requests.withLock { $0.append(request) }
            guard let answer = answers.withLock({ $0.popLast() }) else { throw .closed }
            let body = Parts(answer.parts, answer.failure)
            return HTTPResponse(status: answer.status, fields: answer.fields, body: body)
        }
    }

    private static func index(_ manifest: String) throws -> [UInt8] {
        var index = LayoutIndex()
        index.publish(Array(manifest.utf8), channel: .main, serial: try #require(Serial(milliseconds: 1)), keeping: 1)
        return index.bytes
    }

    private func problem(_ answers: [Answer], unconditionally: Bool = true) async throws -> SourceProblem? {
        let source = try WebFixture.source("https://layouts.example/a", client: Script(answers))
        do throws(SourceProblem) { _ = try await source.check(unconditionally: unconditionally) } catch { return error }
        return nil
    }

    @Test func sendsEntityTagsBackAsTheyCame() async throws {
        let script = Script([
            Answer(fields: [("ETag", "W/\"a b\"")], parts: [try Self.index("one")]), Answer(status: 304),
            Answer(fields: [("ETag", "\"b\u{E9}\"")], parts: [try Self.index("one")]),
            Answer(parts: [try Self.index("one")]),
        ])
        let source = try WebFixture.source("https://layouts.example/a", client: script)
        #expect(try await source.check(unconditionally: true) == .manifest(Array("one".utf8)))
        #expect(try await source.check(unconditionally: false) == .same)
        for _ in 0..<2 {
            #expect(try await source.check(unconditionally: false) == .manifest(Array("one".utf8)))
        }
        let tags = script.requests.withLock { $0 }.map { request in
            request.fields.first { $0.name == "If-None-Match" }?.value
        }
        #expect(tags == [nil, "W/\"a b\"", "W/\"a b\"", nil])
        let first = script.requests.withLock { $0[0] }
        #expect(first.target == "/a/index.json" && first.fields.contains { $0 == ("Accept-Encoding", "identity") })
    }

    @Test func reportsAnotherIndexOfTheSameSecondAndSize() async throws {
        let (one, two) = ("Sat, 28 Nov 2026 20:58:38 GMT", "Sat, 28 Nov 2026 20:58:39 GMT")
        let tag = (name: "ETag", value: "\"6a0-20\"")
        let script = Script([
            Answer(fields: [tag, ("Last-Modified", one), ("Date", one)], parts: [try Self.index("new")]),
            Answer(fields: [tag, ("Last-Modified", one), ("Date", two)], parts: [try Self.index("old")]),
            Answer(status: 304),
        ])
        let source = try WebFixture.source("https://layouts.example/a", client: script)
        #expect(try await source.check(unconditionally: false) == .manifest(Array("new".utf8)))
        #expect(try await source.check(unconditionally: false) == .manifest(Array("old".utf8)))
        #expect(try await source.check(unconditionally: false) == .same)
        let hasTags = script.requests.withLock { $0 }.map { $0.fields.contains { $0.name == "If-None-Match" } }
        #expect(hasTags == [false, false, true])
    }

    @Test func reportsBodiesThatBreak() async throws {
        let answer = Answer(parts: [Array(try Self.index("one").prefix(20))], failure: .closed)
        let cut = try await problem([answer])
        #expect(cut?.reason == .unreachable)
        #expect(cut?.message == "the connection to https://layouts.example broke before index.json was complete")
        let stalled = try await problem([Answer(failure: .stalled)])
        #expect(stalled?.reason == .timeout)
        let source = try WebFixture.source("https://a.example", client: Script([answer]))
        let sink = MemorySink(size: 1000)
        let error = await #expect(throws: SourceProblem.self) {
            try await source.read(Digest.sha256(of: [1].span), into: sink)
        }
        #expect(error?.reason == .unreachable)
    }

    @Test func passesOnTheTimeToWait() async throws {
        let limited = try await problem([Answer(status: 429, fields: [("Retry-After", "17")])])
        #expect(limited?.reason == .refused && limited?.retryAfter == .seconds(17))
    }

    @Test func refusesAStatusThatWasNotRequested() async throws {
        #expect(try await problem([Answer(status: 304)])?.reason == .refused)
        #expect(try await problem([Answer(status: 206, parts: [try Self.index("one")])])?.reason == .refused)
    }

    @Test func refusesOtherBytesThanTheIndexNames() async throws {
        let whole = String(decoding: try Self.index("one"), as: UTF8.self)
        let data = ",\"data\":\"\(CanonicalBase64.encode(Array("one".utf8).span))\""
        let index = Array(whole.replacing(data, with: "").utf8)
        let wrong = try await problem([Answer(parts: [index]), Answer(parts: [Array("two".utf8)])])
        #expect(wrong?.reason == .content(.digestMismatch))
        // An entity tag counts only once its manifest was read.
        let script = Script([
            Answer(fields: [("ETag", "\"a\"")], parts: [index]), Answer(parts: [Array("two".utf8)]),
            Answer(fields: [("ETag", "\"a\"")], parts: [index]), Answer(parts: [Array("one".utf8)]),
        ])
        let source = try WebFixture.source("https://layouts.example/a", client: script)
        await #expect(throws: SourceProblem.self) { try await source.check(unconditionally: false) }
        #expect(try await source.check(unconditionally: false) == .manifest(Array("one".utf8)))
        let hasTags = script.requests.withLock { $0 }.contains { $0.fields.contains { $0.name == "If-None-Match" } }
        #expect(!hasTags)
    }
}
