import Glibc
import RosterServer
import SealedBoxes
import Synchronization

/// A stream that a command writes to: a descriptor, or a buffer in memory.
package struct OutputStream: Sendable {
    private enum Target {
        case descriptor(Int32)
        case buffer(OutputBuffer)
    }

    private let target: Target
    private let isTerminalBuffer: Bool

    /// Creates a stream that writes to a descriptor.
    package init(descriptor: Int32) { (target, isTerminalBuffer) = (.descriptor(descriptor), false) }

    /// Creates a stream that writes to memory; commands treat it as a terminal when `isTerminal` is true.
    package init(_ buffer: OutputBuffer, isTerminal: Bool = false) {
        (target, isTerminalBuffer) = (.buffer(buffer), isTerminal)
    }

    /// A Boolean value that indicates whether the stream is a terminal.
    package var isTerminal: Bool {
        switch target {
        case .descriptor(let descriptor): isatty(descriptor) == 1
        case .buffer: isTerminalBuffer
        }
    }

    /// A sink of log lines that writes to the stream.
    var logSink: LogSink {
        switch target {
        case .descriptor(let descriptor): LogSink(descriptor: descriptor)
        case .buffer(let buffer): LogSink(write: buffer.append)
        }
    }

    /// Writes a text.
    ///
    /// - Throws: ``CommandFailure`` when it cannot be written.
    func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Writes all of the bytes.
    ///
    /// - Throws: ``CommandFailure`` when they cannot be written.
    func write(_ bytes: [UInt8]) throws {
        try unsafe bytes.span.withUnsafeBytes { bytes in try unsafe write(bytes) }
    }

    /// Writes secret bytes, of which no copy is made.
    ///
    /// - Throws: ``CommandFailure`` when they cannot be written.
    func write(_ secret: borrowing SecretBuffer) throws {
        try unsafe secret.withBytes { bytes in try unsafe write(bytes) }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard case .descriptor(let descriptor) = target else {
            if case .buffer(let buffer) = target { unsafe buffer.append(Array(bytes)) }
            return
        }
        var written = 0
        while written < bytes.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
            let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw CommandFailure.cannotWrite("the output", errno: errno) }
            written += count
        }
    }
}

/// Output that is kept in memory.
package final class OutputBuffer: Sendable {
    private let contents = Mutex<[UInt8]>([])

    /// Creates an empty buffer.
    package init() {}

    /// The bytes that were written.
    package var bytes: [UInt8] { contents.withLock { $0 } }

    /// Appends bytes.
    package func append(_ bytes: [UInt8]) { contents.withLock { $0 += bytes } }
}
