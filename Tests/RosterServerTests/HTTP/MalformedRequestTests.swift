import Foundation
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Malformed requests")
@ConnectionThread
struct MalformedRequestTests {
    private static let host = SmugglingCorpus.host

    @Test func neverLogsASmuggledRequest() async throws {
        let server = try await ServedExample(isOpen: true)
        for (_, bytes) in SmugglingCorpus.refused {
            let connection = try server.connect()
            connection.send(bytes + SmugglingCorpus.smuggled)
            connection.endInput()
            connection.flushLog()
        }
        #expect(try await server.request("GET", "/livez").status == 200)
        #expect(!(try server.logged().contains("smuggled")))
    }

    /// Values of `Transfer-Encoding`, a list of them for several fields, and the status.
    private static let codings: [(values: [String], status: Int)] = [
        (["gzip, chunked"], 501), (["gzip,chunked"], 501), (["GZIP , Chunked"], 501), (["gzip"], 501),
        (["identity"], 501),
        (["deflate, gzip, chunked"], 501), (["identity, chunked"], 501), (["chunked, chunked"], 501),
        (["chunked", "chunked"], 501), (["gzip", "chunked"], 501), (["chunked, identity"], 501),
        (["chunked", "gzip"], 501),
        (["xchunked"], 501), (["chunkedx"], 501), (["chunked;q=1"], 501), (["x chunked"], 501), (["\"chunked\""], 501),
        ([",chunked"], 501), (["chunked,"], 501), ([""], 501), (["br, gzip, x, y, chunked"], 501),
        (["chunked"], 405), (["Chunked"], 405), (["CHUNKED"], 405), (["   chunked"], 405),
    ]

    @Test func refusesTransferCodingsOtherThanChunked() async throws {
        for isOpen in [true, false] {
            let server = try await ServedExample(isOpen: isOpen)
            for (values, status) in Self.codings {
                for method in ["POST", "GET"] {
                    let fields = values.map { "Transfer-Encoding: \($0)\r\n" }.joined()
                    let connection = try server.connect()
                    connection.send(
                        "\(method) /livez HTTP/1.1\r\n\(Self.host)\(fields)\r\n0\r\n\r\n" + SmugglingCorpus.smuggled
                    )
                    connection.endInput()
                    let answer = try connection.answer()
                    let wanted = status == 405 && method == "GET" ? 200 : status
                    #expect(answer?.status == wanted, "\(method) \(values): \(answer?.status ?? 0)")
                    guard status == 501 else {
                        #expect(try connection.answer()?.status == 200, "\(method) \(values)")
                        continue
                    }
                    #expect(answer?["Connection"] == "close")
                    #expect(try connection.rest().isEmpty, "\(method) \(values)")
                }
            }
        }
    }

    @Test func refusesChunkedInHTTP10() async throws {
        let server = try await ServedExample()
        let connection = try server.connect()
        connection.send(
            "POST /livez HTTP/1.0\r\n\(Self.host)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SmugglingCorpus.smuggled
        )
        connection.endInput()
        #expect(try connection.answer()?.status == 400)
        #expect(try connection.rest().isEmpty)
    }

    @Test func survivesRandomBytes() async throws {
        let server = try await ServedExample(isOpen: true)
        let good =
            Array("POST /api/v1/ai-providers?limit=1 HTTP/1.1\r\n\(Self.host)Content-Type: application/json\r\n".utf8)
            + Array("Transfer-Encoding: chunked\r\nX-Request-Id: a\r\n\r\n2\r\n{}\r\n0\r\n\r\n".utf8)
        var seed: UInt64 = 42
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        for _ in 0..<400 {
            var bytes = good
            for _ in 0...next(3) { bytes[next(bytes.count)] = UInt8(next(256)) }
            if next(4) == 0 { bytes.removeSubrange(next(bytes.count)...) }
            let connection = try server.connect()
            connection.send(bytes)
            connection.endInput()
            while let answer = try connection.answer() {
                #expect(
                    (400..<500).contains(answer.status) || answer.status == 501,
                    "\(String(decoding: bytes, as: UTF8.self)): \(answer.text)"
                )
            }
        }
        #expect(try await server.request("GET", "/livez").status == 200)
    }
}
