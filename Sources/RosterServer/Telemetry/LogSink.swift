import Dispatch
import Glibc
import Synchronization

/// A descriptor for the log, written by a separate queue, so that a slow reader delays no request.
package final class LogSink: Sendable {
    private struct Waiting {
        var bytes: [UInt8] = []
        var isScheduled = false
        var dropped = 0
    }

    private let output: @Sendable ([UInt8]) -> Void
    private let queue = DispatchQueue(label: "roster.log")
    private let waiting = Mutex(Waiting())
    /// The largest number of bytes that wait to be written; further lines are counted instead.
    private static let limit = 16 * 1024 * 1024

    /// Makes a sink that writes to a descriptor.
    package init(descriptor: Int32) { output = { Self.put($0, descriptor) } }

    /// Makes a sink that passes its bytes to a closure.
    package init(write: @escaping @Sendable ([UInt8]) -> Void) { output = write }

    /// Takes whole lines, to be written in order.
    package func write(_ lines: [UInt8]) {
        let mustSchedule = waiting.withLock { waiting in
            guard waiting.bytes.count + lines.count <= Self.limit else {
                waiting.dropped += lines.count { $0 == UInt8(ascii: "\n") }
                return false
            }
            waiting.bytes += lines
            defer { waiting.isScheduled = true }
            return !waiting.isScheduled
        }
        if mustSchedule { queue.async { self.drain() } }
    }

    /// Waits until all lines are written.
    package func flush() { queue.sync {} }

    private func drain() {
        while true {
            let (bytes, dropped) = waiting.withLock { waiting in
                let taken = (waiting.bytes, waiting.dropped)
                waiting.bytes = []
                waiting.dropped = 0
                if taken.0.isEmpty, taken.1 == 0 { waiting.isScheduled = false }
                return taken
            }
            guard !bytes.isEmpty || dropped > 0 else { return }
            output(bytes)
            if dropped > 0 { output(Array("\(dropped) lines of the log were dropped: it is read too slowly\n".utf8)) }
        }
    }

    private static func put(_ bytes: [UInt8], _ descriptor: Int32) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.write(descriptor, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            // A log that has no reader any more must not end the server.
            guard count > 0 else { return }
            written += count
        }
    }
}
