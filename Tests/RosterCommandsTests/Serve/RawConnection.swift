import Foundation
import RosterTestSupport

/// One connection to a server, over which bytes are sent as they are.
final class RawConnection {
    typealias Failure = HTTPAnswerParser.Failure

    private let descriptor: Int32
    private var parser = HTTPAnswerParser()
    /// A Boolean value that indicates whether the other side has sent its last byte.
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
        parser.append(piece.prefix(count))
        isAtEnd = count == 0
        return !isAtEnd
    }

    /// Returns all bytes until the other side closes.
    func rest() throws -> [UInt8] {
        while try receive() {}
        return parser.takeBytes()
    }

    /// Returns the next response; nil when the other side closes instead.
    func answer(isToHead: Bool = false) throws -> HTTPAnswer? {
        while true {
            if let answer = try parser.next(isToHead: isToHead) { return answer }
            guard try receive(atMost: 1 << 20) else {
                guard parser.bytes.isEmpty else {
                    throw Failure(description: "\(parser.bytes.count) bytes of a response that is not complete")
                }
                return nil
            }
        }
    }
}
