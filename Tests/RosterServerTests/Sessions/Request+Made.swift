import NIOCore
import NIOHTTP1
import RosterModel

@testable import RosterServer

extension Request {
    /// Returns a request of a browser, which names `127.0.0.1:4100` unless `fields` name another host.
    static func made(
        _ method: HTTPMethod = .GET,
        _ target: String = "/",
        _ fields: [(String, String)] = [],
        body: String? = nil,
        from peer: ClientAddress = .unknown,
        at seconds: Int64 = 0,
        version: HTTPVersion = .http1_1
    ) -> Request {
        var headers = HTTPHeaders(fields)
        if !headers.contains(name: "Host"), version == .http1_1 { headers.add(name: "Host", value: "127.0.0.1:4100") }
        let head = HTTPRequestHead(version: version, method: method, uri: target, headers: headers)
        let request = Request(head, time: Timestamp(secondsSince1970: seconds)) { RequestID(number: 1) }
        return Request(request, body: body.map { ByteBuffer(string: $0) }, from: peer)
    }
}

extension Timestamp {
    /// The time of a test, in seconds since 1970.
    static func test(_ seconds: Int64) -> Timestamp { Timestamp(secondsSince1970: seconds) }
}

extension Credential {
    /// A credential of a token that differs by its number.
    static func numbered(_ number: Int) -> Credential {
        let digits = String(number)
        return Credential(token: "sk_" + String(repeating: "x", count: 43 - digits.count) + digits)
    }
}
