import Foundation

/// An answer as it came over the wire.
struct HTTPAnswer {
    var status: Int
    var reason: String
    var fields: [(name: String, value: String)]
    var body: [UInt8]

    /// The values of a field, as one.
    subscript(name: String) -> String? {
        let values = fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: Any? { try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed) }
    var object: [String: Any] { json as? [String: Any] ?? [:] }
    var list: [[String: Any]] { json as? [[String: Any]] ?? [] }
    var ids: [String] { list.compactMap { $0["id"] as? String } }

    /// The names of the fields in their order, and the body: what tells two kinds of answers apart.
    var shape: [String] { [String(status)] + fields.map(\.name) + [text] }
}

/// One connection to a server, over which bytes are sent as they are.
final class RawConnection {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let descriptor: Int32
    private var received: [UInt8] = []
    /// Whether the other side has said that no more comes.
    private(set) var isAtEnd = false

    /// Connects to a port of this machine; `receiveBuffer` makes a reader that is slow to take much.
    init(port: Int, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(description: "connect: \(String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// Sends bytes, for as long as the other side takes them.
    func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(description: "send: \(String(cString: strerror(errno)))") }
            rest = rest.dropFirst(count)
        }
    }

    /// Says that nothing more is sent.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Waits for more bytes; false at the end.
    @discardableResult
    func receive(atMost limit: Int = 65_536) throws -> Bool {
        guard !isAtEnd else { return false }
        var piece = [UInt8](repeating: 0, count: limit)
        let count = recv(descriptor, &piece, limit, 0)
        guard count >= 0 else { throw Failure(description: "recv: \(String(cString: strerror(errno)))") }
        received += piece.prefix(count)
        isAtEnd = count == 0
        return !isAtEnd
    }

    /// Everything until the other side closes.
    func rest() throws -> [UInt8] {
        while try receive() {}
        defer { received = [] }
        return received
    }

    /// The next answer; nil when the other side closes instead.
    func answer(isToHead: Bool = false) throws -> HTTPAnswer? {
        let end = Array("\r\n\r\n".utf8)
        var headEnd = received.firstRange(of: end)
        while headEnd == nil {
            guard try receive() else {
                guard received.isEmpty else { throw Failure(description: "half a head: \(received.count) bytes") }
                return nil
            }
            headEnd = received.firstRange(of: end)
        }
        guard let headEnd else { return nil }
        var answer = try Self.head(received[..<headEnd.lowerBound])
        received.removeSubrange(..<headEnd.upperBound)
        let hasBody = !isToHead && answer.status != 304 && answer.status >= 200
        guard hasBody else { return answer }
        guard let length = answer["Content-Length"].flatMap({ Int($0) }) else {
            throw Failure(description: "an answer without Content-Length")
        }
        while received.count < length {
            guard try receive(atMost: 1 << 20) else {
                throw Failure(description: "\(received.count) of \(length) bytes of a body")
            }
        }
        answer.body = Array(received.prefix(length))
        received.removeSubrange(..<length)
        return answer
    }

    private static func head(_ bytes: ArraySlice<UInt8>) throws -> HTTPAnswer {
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        let first = lines[0].split(separator: " ", maxSplits: 2).map(String.init)
        guard first.count == 3, first[0] == "HTTP/1.1", let status = Int(first[1]) else {
            throw Failure(description: "no status line: \(lines[0])")
        }
        let fields = try lines.dropFirst().map { line in
            guard let colon = line.range(of: ": ") else { throw Failure(description: "no field: \(line)") }
            return (String(line[..<colon.lowerBound]), String(line[colon.upperBound...]))
        }
        return HTTPAnswer(status: status, reason: first[2], fields: fields, body: [])
    }
}
