import NIOCore
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Request smuggling")
@ConnectionThread
struct RequestSmugglingTests {
    private typealias Pipeline = EmbeddedConnection.Pipeline

    @Test("Malformed and ambiguous requests end the connection", arguments: EmbeddedConnection.Pipeline.allCases)
    private func refusals(_ pipeline: Pipeline) async throws {
        let responder = try await ResponderFixture().responder
        for (name, bytes) in SmugglingCorpus.refused {
            // In one piece, and byte by byte, after a request that is answered and without one.
            for (prefix, isWhole) in [("", true), ("", false), (SmugglingCorpus.smuggled, true)] {
                let connection = try EmbeddedConnection(responder, pipeline)
                let text = prefix + bytes + SmugglingCorpus.smuggled
                if isWhole { connection.send(text) } else { for byte in text.utf8 { connection.send([byte]) } }
                connection.endInput()
                var responses = try connection.responses()
                if !prefix.isEmpty { #expect(responses.removeFirst().status == 200, "\(name)") }
                #expect(responses.count <= 1, "\(name): \(responses.map(\.status))")
                for response in responses {
                    #expect(
                        (400..<500).contains(response.status) || response.status == 501,
                        "\(name): \(response.status)"
                    )
                    #expect(response.closes, "\(name)")
                }
            }
        }
    }

    @Test("Unusual but well-formed requests are answered once each", arguments: EmbeddedConnection.Pipeline.allCases)
    private func unusual(_ pipeline: Pipeline) async throws {
        let responder = try await ResponderFixture().responder
        for (bytes, statuses) in SmugglingCorpus.accepted {
            for isWhole in [true, false] {
                let connection = try EmbeddedConnection(responder, pipeline)
                if isWhole { connection.send(bytes) } else { for byte in bytes.utf8 { connection.send([byte]) } }
                connection.endInput()
                #expect(try connection.responses().map(\.status) == statuses, "\(bytes)")
            }
        }
    }

    @Test("However bytes are cut, every pipeline responds the same", arguments: [UInt64.random(in: .min ... .max)])
    func pipelinesAgree(seed: UInt64) async throws {
        var numbers = SeededGenerator(seed: seed)
        let responder = try await ResponderFixture().responder
        let all = SmugglingCorpus.refused.map(\.bytes) + SmugglingCorpus.accepted.map(\.bytes)
        var answered = 0
        for _ in 0..<1_000 {
            var bytes: [UInt8] = []
            for _ in 0...Int.random(in: 0...3, using: &numbers) {
                bytes +=
                    (Bool.random(using: &numbers)
                    ? HeadGenerator.plain(&numbers) : all.randomElement(using: &numbers) ?? "").utf8
            }
            HeadGenerator.mutate(&bytes, &numbers)
            let cuts = HeadGenerator.cuts(of: bytes.count, &numbers)
            let sent = try Pipeline.allCases.map { try output(for: bytes, cuts, responder, $0) }
            #expect(sent[0] == sent[2] && sent[1] == sent[2], "\(String(decoding: bytes, as: UTF8.self))")
            answered += sent[0].count { $0 == "HTTP/1.1 200 OK" }
        }
        #expect(answered > 100)
    }

    /// Returns the lines that a client receives, except those that differ from one response to the next.
    private func output(
        for bytes: [UInt8],
        _ cuts: [Int],
        _ responder: HTTPResponder,
        _ pipeline: Pipeline
    ) throws -> [String] {
        let connection = try EmbeddedConnection(responder, pipeline)
        var start = 0
        for cut in cuts {
            connection.send(bytes[start..<cut])
            start = cut
        }
        connection.endInput()
        return String(decoding: try connection.received(), as: UTF8.self)
            .split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
            .filter { !$0.hasPrefix("Date: ") && !$0.hasPrefix("X-Request-Id: ") }
    }
}

/// Generates heads of requests, and changes that break them.
enum HeadGenerator {
    private static let targets = [
        "/livez", "/readyz?x=1", "/api/v1/ai-providers", "/api/v1/ai-providers?limit=1&offset=2",
        "/api/v1/ai-providers/x",
        "/api/v1/ai-providers/aip_n000000000000000", "/", "//", "/%6civez", "/a%", "/status", "/openapi.json",
    ]

    private static let fields = [
        "Accept: */*", "User-Agent: test/1.0 (a; b)", "X-Request-Id: abc", "Accept-Encoding: gzip, br",
        "Connection: keep-alive",
        "If-None-Match: \"a\"", "If-None-Match: *", "Authorization: Bearer x", "X:", "X-A:\t b \t",
        "accept-LANGUAGE: de",
    ]

    /// Returns a well-formed request without a body.
    static func plain(_ numbers: inout SeededGenerator) -> String {
        var head =
            (Int.random(in: 0...3, using: &numbers) == 0 ? "HEAD " : "GET ") + pick(targets, &numbers) + " HTTP/1.1\r\n"
        var lines = ["Host: localhost"]
        for _ in 0..<Int.random(in: 0...4, using: &numbers) { lines.append(pick(fields, &numbers)) }
        for line in lines.shuffled(using: &numbers) { head += line + "\r\n" }
        return head + "\r\n"
    }

    private static func pick(_ texts: [String], _ numbers: inout SeededGenerator) -> String {
        texts[Int.random(in: texts.indices, using: &numbers)]
    }

    /// Bytes on which parsers of HTTP differ.
    private static let troublemakers = Array("\r\n\t :,;\0\u{7F}%#?/+-0".utf8) + [0x80, 0xC3, 0xFF]

    /// Changes, removes or inserts a few bytes, or none.
    static func mutate(_ bytes: inout [UInt8], _ numbers: inout SeededGenerator) {
        for _ in 0..<Int.random(in: 0...2, using: &numbers) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &numbers)
            let byte = troublemakers[Int.random(in: troublemakers.indices, using: &numbers)]
            switch Int.random(in: 0...2, using: &numbers) {
            case 0: bytes[place] = byte
            case 1: bytes.remove(at: place)
            default: bytes.insert(byte, at: place)
            }
        }
    }

    /// Returns the ends of random pieces of `count` bytes.
    static func cuts(of count: Int, _ numbers: inout SeededGenerator) -> [Int] {
        let some = (0..<Int.random(in: 0...3, using: &numbers)).map { _ in Int.random(in: 0...count, using: &numbers) }
        return some.sorted() + [count]
    }
}
