import Glibc
import SealedBoxes
import Synchronization

/// A stream that a command reads: a descriptor, or bytes in memory.
package struct InputStream: Sendable {
    private enum Source {
        case descriptor(Int32)
        case memory(InputBuffer, isTerminal: Bool)
    }

    private let source: Source

    /// Creates a stream that reads a descriptor.
    package init(descriptor: Int32) { source = .descriptor(descriptor) }

    /// Creates a stream of bytes in memory; commands treat it as a terminal when `isTerminal` is true.
    package init(_ bytes: [UInt8], isTerminal: Bool = false) {
        source = .memory(InputBuffer(bytes), isTerminal: isTerminal)
    }

    /// A Boolean value that indicates whether the stream is a terminal.
    package var isTerminal: Bool {
        switch source {
        case .descriptor(let descriptor): isatty(descriptor) == 1
        case .memory(_, let isTerminal): isTerminal
        }
    }

    /// Returns the next bytes; an empty array at the end.
    ///
    /// - Throws: ``CommandFailure`` when they cannot be read.
    func read() throws -> [UInt8] {
        switch source {
        case .descriptor(let descriptor): return try Self.read(descriptor, atMost: 64 * 1024)
        case .memory(let buffer, _): return buffer.takeAll()
        }
    }

    /// Returns the next line, without its end; nil at the end of the stream.
    ///
    /// - Throws: ``CommandFailure`` when it cannot be read.
    func readLine() throws -> String? {
        var line: [UInt8] = []
        switch source {
        case .descriptor(let descriptor):
            // A byte at a time: what follows the line is left to other readers of the descriptor.
            while line.last != UInt8(ascii: "\n") {
                let next = try Self.read(descriptor, atMost: 1)
                guard !next.isEmpty else { break }
                line += next
            }
        case .memory(let buffer, _): line = buffer.takeLine()
        }
        guard !line.isEmpty else { return nil }
        if line.last == UInt8(ascii: "\n") { line.removeLast() }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
    }

    /// Reads everything into secret memory, at most `limit` bytes.
    func readSecret(limit: Int) throws(SecretInput.Failure) -> SecretBytes {
        switch source {
        case .descriptor(let descriptor): return try SecretInput.read(descriptor, limit: limit)
        case .memory(let buffer, _): return try Self.secret(buffer.takeAll(), limit: limit)
        }
    }

    /// Reads a line from a terminal that does not show it.
    ///
    /// `prompt` writes the prompt, and does so again when a stopped program goes on.
    func readHiddenLine(limit: Int, prompt: @escaping () -> Void) throws -> SecretBytes {
        switch source {
        case .descriptor(let descriptor):
            return try HiddenTerminalInput.readLine(descriptor, limit: limit, prompt: prompt)
        case .memory(let buffer, _):
            prompt()
            return try Self.secret(buffer.takeLine(), limit: limit)
        }
    }

    private static func read(_ descriptor: Int32, atMost limit: Int) throws -> [UInt8] {
        var status: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            var length = 0
            repeat {
                length = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            } while length < 0 && errno == EINTR
            status = length < 0 ? errno : 0
            count = max(0, length)
        }
        guard status == 0 else { throw CommandFailure.cannotRead("standard input", errno: status) }
        return bytes
    }

    private static func secret(_ bytes: [UInt8], limit: Int) throws(SecretInput.Failure) -> SecretBytes {
        guard bytes.count <= limit else { throw .tooLong }
        do throws(SecretBytes.Unavailable) {
            return try unsafe bytes.span.withUnsafeBytes { (bytes) throws(SecretBytes.Unavailable) in
                try unsafe SecretBytes(copying: bytes)
            }
        } catch { throw .noMemory }
    }
}

/// Input that is kept in memory, and taken piece by piece.
private final class InputBuffer: Sendable {
    private let contents: Mutex<[UInt8]>

    init(_ bytes: [UInt8]) { contents = Mutex(bytes) }

    /// Removes and returns all bytes.
    func takeAll() -> [UInt8] {
        contents.withLock { contents in
            defer { contents = [] }
            return contents
        }
    }

    /// Removes and returns the bytes up to the end of a line, which is included.
    func takeLine() -> [UInt8] {
        contents.withLock { contents in
            let count = contents.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? contents.count
            defer { contents.removeFirst(count) }
            return Array(contents[..<count])
        }
    }
}
