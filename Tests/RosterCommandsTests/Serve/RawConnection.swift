import Foundation
import RosterTestSupport
import Synchronization

/// A TCP connection to a server that sends bytes unchanged.
final class RawConnection: Sendable {
    typealias Failure = HTTPAnswerParser.Failure

    private struct Input {
        var parser = HTTPAnswerParser()
        var isAtEnd = false
    }

    private let descriptor: Int32
    private let input = Mutex(Input())

    /// Connects to a port of this machine; a small `receiveBuffer` limits the bytes in flight.
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

    /// Sends bytes, and blocks until the socket buffer has accepted them.
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

    /// Shuts down the sending side.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Waits for bytes, and returns false at the end.
    @discardableResult
    func receive(atMost limit: Int = 65_536) async throws -> Bool {
        try await onThread { try self.input.withLock { try self.receive(&$0, atMost: limit) } }
    }

    /// Returns all bytes until the other side closes.
    func rest() async throws -> [UInt8] {
        try await onThread {
            try self.input.withLock { input in
                while try self.receive(&input, atMost: 65_536) {}
                return input.parser.takeBytes()
            }
        }
    }

    /// Returns the next response; nil when the other side closes instead.
    func answer(isToHead: Bool = false) async throws -> HTTPAnswer? {
        try await onThread { try self.input.withLock { try self.answer(&$0, isToHead: isToHead) } }
    }

    /// Sends a request, reads the first pieces of the response every half a second, and returns the whole response.
    ///
    /// All of it happens on one thread, which other tests do not delay. `begun` is called when the response begins.
    func answer(to request: String, pieces: Int, begun: @escaping @Sendable () -> Void) async throws -> HTTPAnswer? {
        try await onThread {
            try self.send(request)
            return try self.input.withLock { input in
                _ = try self.receive(&input, atMost: 1)
                begun()
                for _ in 0..<pieces {
                    usleep(500_000)
                    _ = try self.receive(&input, atMost: 65_536)
                }
                return try self.answer(&input, isToHead: false)
            }
        }
    }

    private func answer(_ input: inout Input, isToHead: Bool) throws -> HTTPAnswer? {
        while true {
            if let answer = try input.parser.next(isToHead: isToHead) { return answer }
            guard try receive(&input, atMost: 1 << 20) else {
                guard input.parser.bytes.isEmpty else {
                    throw Failure(description: "\(input.parser.bytes.count) bytes of a response that is not complete")
                }
                return nil
            }
        }
    }

    private func receive(_ input: inout Input, atMost limit: Int) throws -> Bool {
        guard !input.isAtEnd else { return false }
        var piece = [UInt8](repeating: 0, count: limit)
        let count = recv(descriptor, &piece, limit, 0)
        guard count >= 0 else { throw Failure(description: "recv: \(String(cString: strerror(errno)))") }
        input.parser.append(piece.prefix(count))
        input.isAtEnd = count == 0
        return !input.isAtEnd
    }
}
