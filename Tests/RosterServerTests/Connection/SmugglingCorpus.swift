/// Requests whose end two readers can see in different places, and requests that are malformed.
///
/// Sources: RFC 9112, section 11.2; https://portswigger.net/web-security/request-smuggling;
/// https://github.com/narfindustries/http-garden.
enum SmugglingCorpus {
    static let host = "Host: localhost\r\n"

    /// The request that must not be answered: it is part of the preceding request, or follows one that is refused.
    static let smuggled = "GET /livez?smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"

    private static func post(_ fields: String, _ body: String = "") -> String {
        "POST /livez HTTP/1.1\r\n\(host)\(fields)\r\n\(body)"
    }

    private static func get(_ fields: String) -> String { "GET /livez HTTP/1.1\r\n\(host)\(fields)\r\n" }

    static func chunked(_ body: String) -> String { post("Transfer-Encoding: chunked\r\n", body) }

    /// Requests that are refused, or to which the connection is closed without a response.
    static let refused: [(name: String, bytes: String)] = lengths + codings + lines + heads + chunks

    private static let lengths: [(name: String, bytes: String)] = [
        ("CL.CL", post("Content-Length: 0\r\nContent-Length: \(smuggled.utf8.count)\r\n")),
        ("CL.CL, equal", post("Content-Length: 0\r\nContent-Length: 0\r\n")),
        ("CL.CL, in a GET", get("Content-Length: 0\r\nContent-Length: \(smuggled.utf8.count)\r\n")),
        ("a list of lengths", post("Content-Length: 0, 0\r\n")),
        ("CL.TE", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        ("CL.TE, in a GET", get("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"),
        ("TE.CL", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")),
        ("a signed length", post("Content-Length: +0\r\n")), ("a negative length", post("Content-Length: -1\r\n")),
        ("a hexadecimal length", post("Content-Length: 0x0\r\n")), ("an empty length", post("Content-Length:\r\n")),
        ("a length with a fraction", post("Content-Length: 0.0\r\n")),
        ("a length with an exponent", post("Content-Length: 0e1\r\n")),
        ("a length in quotes", post("Content-Length: \"0\"\r\n")),
        ("a length with an underscore", post("Content-Length: 0_0\r\n")),
        ("a length with a space in it", post("Content-Length: 0 0\r\n")),
        ("a length of 2 to the 64", post("Content-Length: 18446744073709551616\r\n")),
        ("a length of 2 to the 63", post("Content-Length: 9223372036854775808\r\n")),
        ("a folded length", post("Content-Length:\r\n 0\r\n")),
        ("a space in front of the colon", post("Content-Length : 0\r\n")),
        ("a tab in front of the colon", post("Content-Length\t: 0\r\n")),
    ]

    private static let codings: [(name: String, bytes: String)] = [
        ("an unknown coding", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")),
        ("TE.TE", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n", "0\r\n\r\n")),
        ("TE.TE, turned", post("Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        ("TE.TE, equal", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        ("chunked, then another", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n")),
        ("another, then chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")),
        ("identity", post("Transfer-Encoding: identity\r\n")), ("an empty coding", post("Transfer-Encoding:\r\n")),
        ("chunked in quotes", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n")),
        ("chunked after a vertical tab", post("Transfer-Encoding: \u{B}chunked\r\n", "0\r\n\r\n")),
        ("a coding after a space", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n")),
        ("a folded coding", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")),
        ("a coding in a folded field", post("X: a\r\n Transfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        ("a coding in a GET", get("Transfer-Encoding: gzip\r\n")),
        (
            "chunked in HTTP/1.0",
            "POST /livez HTTP/1.0\r\n\(host)Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"
        ),
    ]

    private static let lines: [(name: String, bytes: String)] = [
        ("a bare LF after the request line", "GET /livez HTTP/1.1\n\(host)\r\n"),
        ("a bare LF after a field", "GET /livez HTTP/1.1\r\nHost: localhost\n\r\n"),
        ("bare LFs alone", "GET /livez HTTP/1.1\nHost: localhost\n\n"),
        ("an empty line of a bare LF", "GET /livez HTTP/1.1\r\n\(host)\n"),
        ("a bare CR in a value", get("X: a\rb\r\n")), ("a bare CR in a name", get("X\ra: b\r\n")),
        ("a bare CR after the request line", "GET /livez HTTP/1.1\r\(host)\r\n"),
        ("two CRs in front of an LF", "GET /livez HTTP/1.1\r\nHost: localhost\r\r\n\r\n"),
        ("an empty line of two CRs", get("\r")), ("a NUL in a value", get("X: a\0b\r\n")),
        ("a NUL in a name", get("X\0: a\r\n")), ("a NUL in the target", "GET /livez\0 HTTP/1.1\r\n\(host)\r\n"),
        ("a NUL in the method", "GE\0T /livez HTTP/1.1\r\n\(host)\r\n"), ("a folded field", get("X: a\r\n b\r\n")),
        ("a field folded by a tab", get("X: a\r\n\tb\r\n")), ("a DEL in a value", get("X: a\u{7F}b\r\n")),
        ("a field without a colon", get("X\r\n")), ("a field without a name", get(": a\r\n")),
        ("a space in a name", get("X Y: a\r\n")), ("a bracket in a name", get("X[]: a\r\n")),
        ("a name that is not ASCII", get("Ä: a\r\n")), ("a space in front of a name", get(" X: a\r\n")),
        ("a space in front of the first field", "GET /livez HTTP/1.1\r\n \(host)\r\n"),
        ("a field after a space alone", "GET /livez HTTP/1.1\r\n \r\n\(host)\r\n"),
    ]

    private static let heads: [(name: String, bytes: String)] = [
        ("no target", "GET HTTP/1.1\r\n\(host)\r\n"), ("a space in the target", "GET /livez x HTTP/1.1\r\n\(host)\r\n"),
        ("no version (HTTP/0.9)", "GET /livez\r\n\(host)\r\n"),
        ("another version", "GET /livez HTTP/3.7\r\n\(host)\r\n"),
        ("a version in lowercase", "GET /livez http/1.1\r\n\(host)\r\n"),
        ("a version with two digits", "GET /livez HTTP/1.10\r\n\(host)\r\n"),
        ("a version without a minor", "GET /livez HTTP/1\r\n\(host)\r\n"),
        ("a version after a tab", "GET /livez\tHTTP/1.1\r\n\(host)\r\n"),
        ("a space after the version", "GET /livez HTTP/1.1 \r\n\(host)\r\n"),
        ("HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ("a method in lowercase", "get /livez HTTP/1.1\r\n\(host)\r\n"),
        ("a space in front of the method", " GET /livez HTTP/1.1\r\n\(host)\r\n"),
        ("two Hosts", get("Host: evil.example\r\n")), ("two equal Hosts", get(host)),
        ("no Host", "GET /livez HTTP/1.1\r\nX: a\r\n\r\n"), ("no field", "GET /livez HTTP/1.1\r\n\r\n"),
        ("an unknown expectation", get("Expect: 200-ok\r\n")), ("TLS", "\u{16}\u{3}\u{1}\u{0}\u{5}"),
    ]

    private static let chunks: [(name: String, bytes: String)] = [
        ("a size that is not a number", chunked("x\r\n\r\n")), ("a negative size", chunked("-1\r\n\r\n")),
        ("a signed size", chunked("+0\r\n\r\n")), ("a size in 0x", chunked("0x0\r\n\r\n")),
        ("a size with an underscore", chunked("0_0\r\n\r\n")), ("an empty size", chunked("\r\n\r\n")),
        ("a size of 2 to the 64", chunked("10000000000000000\r\n\r\n")),
        ("a chunk longer than its size", chunked("1\r\nab\r\n0\r\n\r\n")),
        ("a chunk ended by LF", chunked("1\r\na\n0\r\n\r\n")), ("sizes ended by LF", chunked("0\n\n")),
        ("a chunk ended by CR", chunked("1\r\na\r0\r\n\r\n")), ("a space in front of the size", chunked(" 0\r\n\r\n")),
        ("an extension with a bare LF", chunked("0;a\nb\r\n\r\n")),
        ("a bare CR after a size", chunked("0\rX\r\n\r\n")), ("a trailer without a colon", chunked("0\r\nx\r\n\r\n")),
        ("a folded trailer", chunked("0\r\nX: a\r\n b\r\n\r\n")),
    ]

    /// Well-formed requests that few clients send, and the statuses of the responses to them and to what follows.
    static let accepted: [(bytes: String, statuses: [Int])] = [
        ("\r\n\r\n" + smuggled, [200]), (chunked("0\r\n\r\n") + smuggled, [405, 200]),
        (chunked("5;ext=\"a b\"\r\nhello\r\n0\r\nTrailer: x\r\n\r\n") + smuggled, [405, 200]),
        (chunked("0000\r\n\r\n") + smuggled, [405, 200]), (post("Content-Length: 0\r\n") + smuggled, [405, 200]),
        (post("Content-Length: 00\r\n") + smuggled, [405, 200]),
        (get("Content-Length: \(smuggled.utf8.count)\r\n") + smuggled + smuggled, [200, 200]),
        ("GET /livez HTTP/1.1\r\nhOsT:\t localhost \t\r\n\r\n" + smuggled, [200, 200]),
        ("GET http://localhost/livez HTTP/1.1\r\n\(host)\r\n" + smuggled, [200, 200]),
        ("OPTIONS * HTTP/1.1\r\n\(host)\r\n" + smuggled, [404, 200]),
        (get("X:\r\n") + smuggled, [200, 200]), (get("X-Transfer-Encoding: chunked\r\n") + smuggled, [200, 200]),
        (get("Content-Length-X: 9\r\n") + smuggled, [200, 200]),
        (get("X: a;b=\"c, d\"\t(e)\r\n") + smuggled, [200, 200]),
        (get("Connection: keep-alive\r\n") + smuggled, [200, 200]), (get("Connection: close\r\n") + smuggled, [200]),
        (get("Connection: Keep-Alive, close\r\n") + smuggled, [200]),
        (get("Connection: x\r\n") + smuggled, [200, 200]),
        (get("Upgrade: h2c\r\nConnection: Upgrade\r\n") + smuggled, [200]),
        ("CONNECT localhost:80 HTTP/1.1\r\n\(host)\r\n" + smuggled, [404]),
    ]
}
