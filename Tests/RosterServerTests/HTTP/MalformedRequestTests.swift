import Foundation
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Malformed requests")
struct MalformedRequestTests {
    private typealias Repository = ServedRepository
    private static let host = "Host: localhost\r\n"
    /// A request that would be answered if the one before left the connection as it should not.
    private static let smuggled = "GET /livez?smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"

    private static let malformed: [(name: String, bytes: String)] = [
        (
            "two Content-Lengths",
            "POST /livez HTTP/1.1\r\n\(host)Content-Length: 0\r\nContent-Length: \(smuggled.count)\r\n\r\n"
        ),
        ("two equal Content-Lengths", "POST /livez HTTP/1.1\r\n\(host)Content-Length: 0\r\nContent-Length: 0\r\n\r\n"),
        ("a list of Content-Lengths", "POST /livez HTTP/1.1\r\n\(host)Content-Length: 0, 0\r\n\r\n"),
        (
            "both lengths",
            "POST /livez HTTP/1.1\r\n\(host)Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        (
            "both lengths, turned",
            "POST /livez HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
        ),
        ("a signed length", "POST /livez HTTP/1.1\r\n\(host)Content-Length: +0\r\n\r\n"),
        ("a negative length", "POST /livez HTTP/1.1\r\n\(host)Content-Length: -1\r\n\r\n"),
        ("a hexadecimal length", "POST /livez HTTP/1.1\r\n\(host)Content-Length: 0x0\r\n\r\n"),
        ("an empty length", "POST /livez HTTP/1.1\r\n\(host)Content-Length:\r\n\r\n"),
        ("a length that overflows", "POST /livez HTTP/1.1\r\n\(host)Content-Length: 18446744073709551616\r\n\r\n"),
        ("an unknown coding", "POST /livez HTTP/1.1\r\n\(host)Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        (
            "chunked, then another",
            "POST /livez HTTP/1.1\r\n\(host)Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"
        ),
        (
            "chunked twice",
            "POST /livez HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"
        ),
        (
            "chunked in HTTP/1.0",
            "POST /livez HTTP/1.0\r\n\(host)Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"
        ),
        ("a bare LF in the head", "GET /livez HTTP/1.1\n\(host)\r\n"),
        ("bare LFs alone", "GET /livez HTTP/1.1\nHost: localhost\n\n"),
        ("a bare CR", "GET /livez HTTP/1.1\r\n\(host)X: a\rb\r\n\r\n"),
        ("a NUL in a value", "GET /livez HTTP/1.1\r\n\(host)X: a\0b\r\n\r\n"),
        ("a NUL in a name", "GET /livez HTTP/1.1\r\n\(host)X\0: a\r\n\r\n"),
        ("a NUL in the target", "GET /livez\0 HTTP/1.1\r\n\(host)\r\n"),
        ("a folded field", "GET /livez HTTP/1.1\r\n\(host)X: a\r\n b\r\n\r\n"),
        ("a folded length", "POST /livez HTTP/1.1\r\n\(host)Content-Length:\r\n 0\r\n\r\n"),
        ("a space before the colon", "POST /livez HTTP/1.1\r\n\(host)Content-Length : 0\r\n\r\n"),
        ("a field without a colon", "GET /livez HTTP/1.1\r\n\(host)X\r\n\r\n"),
        ("a space before the first field", "GET /livez HTTP/1.1\r\n \(host)\r\n"),
        ("no target", "GET HTTP/1.1\r\n\(host)\r\n"), ("a space in the target", "GET /livez x HTTP/1.1\r\n\(host)\r\n"),
        ("no version", "GET /livez\r\n\(host)\r\n"), ("another version", "GET /livez HTTP/3.7\r\n\(host)\r\n"),
        ("HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ("a lower-case method", "get /livez HTTP/1.1\r\n\(host)\r\n"),
        ("TLS", "\u{16}\u{3}\u{1}\u{0}\u{5}"), ("a chunk size that is none", chunked("x\r\n\r\n")),
        ("a negative chunk", chunked("-1\r\n\r\n")), ("a chunk size in 0x", chunked("0x0\r\n\r\n")),
        ("a chunk size that overflows", chunked("10000000000000000\r\n\r\n")),
        ("a chunk longer than said", chunked("1\r\nab\r\n0\r\n\r\n")),
        ("a chunk ended by LF", chunked("1\r\na\n0\r\n\r\n")), ("chunk sizes ended by LF", chunked("0\n\n")),
        ("a space before the chunk size", chunked(" 0\r\n\r\n")),
        ("an extension with a bare LF", chunked("0;a\nb\r\n\r\n")),
        ("a bare CR behind a size", chunked("0\rX\r\n\r\n")),
        ("a trailer that is none", chunked("0\r\nx\r\n\r\n")),
    ]

    private static func chunked(_ body: String) -> String {
        "POST /livez HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n" + body
    }

    @Test func neverAnswersASmuggledRequest() async throws {
        let server = try await ServedExample(isOpen: true)
        for (name, bytes) in Self.malformed {
            // In one piece, and byte by byte, followed by bytes that must not be answered.
            for pieces in [[bytes + Self.smuggled], (bytes + Self.smuggled).map(String.init)] {
                let connection = try server.connect()
                for piece in pieces { connection.send(piece) }
                connection.finishSending()
                let answer = try connection.answer()
                let isRefused = answer.map { (400..<500).contains($0.status) || $0.status == 501 }
                #expect(isRefused ?? true, "\(name): \(answer?.status ?? 0)")
                #expect(answer == nil || answer?["Connection"] == "close", "\(name)")
                let rest = try connection.rest()
                #expect(rest.isEmpty, "\(name): \(String(decoding: rest, as: UTF8.self))")
                connection.flushLog()
            }
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
                        "\(method) /livez HTTP/1.1\r\n\(Self.host)\(fields)\r\n0\r\n\r\n" + Self.smuggled
                    )
                    connection.finishSending()
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
            "POST /livez HTTP/1.0\r\n\(Self.host)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Self.smuggled
        )
        connection.finishSending()
        #expect(try connection.answer()?.status == 400)
        #expect(try connection.rest().isEmpty)
    }

    @Test func answersUnusualValidRequestsOnce() async throws {
        let server = try await ServedExample(isOpen: true)
        let get = Self.smuggled
        let cases: [(bytes: String, statuses: [Int])] = [
            ("\r\n\r\n" + get, [200]), (Self.chunked("0\r\n\r\n") + get, [405, 200]),
            (Self.chunked("5;ext=\"a b\"\r\nhello\r\n0\r\nTrailer: x\r\n\r\n") + get, [405, 200]),
            (Self.chunked("0000\r\n\r\n") + get, [405, 200]),
            ("GET /livez HTTP/1.1\r\n\(Self.host)Content-Length: \(get.count)\r\n\r\n" + get + get, [200, 200]),
            ("GET /livez HTTP/1.1\r\nhOsT:\t localhost \t\r\n\r\n" + get, [200, 200]),
            ("GET /livez HTTP/1.1\r\n\(Self.host)Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n" + get, [200]),
            ("CONNECT localhost:80 HTTP/1.1\r\n\(Self.host)\r\n" + get, [404]),
        ]
        for (bytes, statuses) in cases {
            let connection = try server.connect()
            connection.send(bytes)
            connection.finishSending()
            var found: [Int] = []
            while let answer = try connection.answer() { found.append(answer.status) }
            #expect(found == statuses, "\(bytes)")
        }
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
            connection.finishSending()
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
