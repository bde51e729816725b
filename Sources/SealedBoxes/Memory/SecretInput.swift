import CLibSodium
import Glibc

/// Reads secrets from a descriptor straight into secret memory.
package enum SecretInput {
    /// The reason why nothing was read.
    package enum Failure: Error, Hashable, Sendable {
        /// A POSIX error number.
        case unreadable(Int32)
        /// More bytes than the limit.
        case tooLong
        case noMemory
    }

    /// Reads to the end, at most `limit` bytes.
    package static func read(_ descriptor: Int32, limit: Int) throws(Failure) -> SecretBytes {
        try read(descriptor, limit: limit, untilLineEnd: false)
    }

    /// Reads one line of a terminal in canonical mode, at most `limit` bytes.
    ///
    /// `wait` is called before each read, and returns when data is available.
    package static func readLine(
        _ descriptor: Int32,
        limit: Int,
        awaitingInput wait: () -> Void
    ) throws(Failure) -> SecretBytes {
        try read(descriptor, limit: limit, untilLineEnd: true, wait)
    }

    private static func read(
        _ descriptor: Int32,
        limit: Int,
        untilLineEnd: Bool,
        _ wait: () -> Void = {}
    ) throws(Failure) -> SecretBytes {
        var buffer: SecretBytes
        do { buffer = try SecretBytes(zeroes: limit + 1) } catch { throw .noMemory }
        let count = try unsafe buffer.withMutableBytes { (bytes) throws(Failure) in
            var count = 0
            while count < bytes.count {
                wait()
                let got = unsafe Glibc.read(
                    descriptor,
                    bytes.baseAddress.map { unsafe $0 + count },
                    bytes.count - count
                )
                if got < 0 && errno == EINTR { continue }
                guard got >= 0 else { throw Failure.unreadable(errno) }
                guard got > 0 else { break }
                count += got
                if untilLineEnd, unsafe bytes[count - 1] == UInt8(ascii: "\n") { break }
            }
            return count
        }
        guard count <= limit else { throw .tooLong }
        do {
            return try unsafe buffer.withBytes { bytes in
                try unsafe SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            }
        } catch { throw .noMemory }
    }
}
