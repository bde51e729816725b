import Glibc
import RosterServer
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
        guard case .descriptor(let descriptor) = target else {
            if case .buffer(let buffer) = target { buffer.append(bytes) }
            return
        }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.write(descriptor, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
            }
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
