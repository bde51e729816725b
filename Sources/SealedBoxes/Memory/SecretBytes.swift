import CLibSodium
import Glibc
import RosterBytes

/// Bytes that must not be seen: in memory that is locked, guarded, never copied, and zeroed when it is dropped.
///
/// The bytes are reachable only inside a closure. There is no description of them and no way into a `String`.
@safe
package struct SecretBytes: ~Copyable {
    /// How many bytes there are.
    package let count: Int
    private let base: UnsafeMutableRawPointer

    /// Why there is no memory for secrets.
    package struct Unavailable: Error, Hashable, Sendable {}

    /// Zeroes, to be written into.
    package init(zeroes count: Int) throws(Unavailable) {
        guard Sodium.isReady, let base = unsafe sodium_malloc(max(count, 1)) else { throw Unavailable() }
        // `sodium_malloc` succeeds even where it may not lock; asking again tells.
        if unsafe sodium_mlock(base, max(count, 1)) != 0 { MemoryLock.noteFailure() }
        unsafe sodium_memzero(base, max(count, 1))
        unsafe self.base = base
        self.count = count
    }

    /// A copy of bytes that lie in secret memory already.
    package init(copying bytes: UnsafeRawBufferPointer) throws(Unavailable) {
        try self.init(zeroes: bytes.count)
        if let source = bytes.baseAddress { unsafe base.copyMemory(from: source, byteCount: bytes.count) }
    }

    deinit {
        // Zeroes before it frees.
        unsafe sodium_free(base)
    }

    /// Lends the bytes; the pointer must not leave the closure.
    package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(UnsafeRawBufferPointer(start: base, count: count))
    }

    /// Lends the bytes to be written; the pointer must not leave the closure.
    package mutating func withMutableBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(UnsafeMutableRawBufferPointer(start: base, count: count))
    }

    /// Lends the first byte's address, for libsodium; there are ``count`` bytes.
    borrowing func withPointer<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        unsafe body(UnsafePointer(base.assumingMemoryBound(to: UInt8.self)))
    }

    /// Lends the first byte's address to be written at, for libsodium; there are ``count`` bytes.
    mutating func withMutablePointer<Result>(_ body: (UnsafeMutablePointer<UInt8>) -> Result) -> Result {
        unsafe body(base.assumingMemoryBound(to: UInt8.self))
    }

    /// Fills it from the system's random source.
    package mutating func fillRandomly() { unsafe randombytes_buf(base, count) }

    /// What is printed in place of the bytes.
    package var description: String { "[redacted]" }
}
