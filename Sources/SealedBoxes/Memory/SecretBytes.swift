import CLibSodium
import Glibc
import RosterBytes

/// Secret bytes in memory that is locked, guarded, never copied, and zeroed when it is freed.
///
/// The bytes are accessible only inside a closure. They have no description and no conversion to a `String`.
@safe
package struct SecretBytes: ~Copyable {
    /// The number of bytes.
    package let count: Int
    private let base: UnsafeMutableRawPointer

    /// The error when memory for secrets is unavailable.
    package struct Unavailable: Error, Hashable, Sendable {}

    /// Creates zeroed bytes to write to.
    package init(zeroes count: Int) throws(Unavailable) {
        guard Sodium.isReady, let base = unsafe sodium_malloc(max(count, 1)) else { throw Unavailable() }
        // `sodium_malloc` succeeds even when it cannot lock the memory; locking again reports it.
        if unsafe sodium_mlock(base, max(count, 1)) != 0 { MemoryLock.noteFailure() }
        unsafe sodium_memzero(base, max(count, 1))
        unsafe self.base = base
        self.count = count
    }

    /// Creates a copy of bytes in secret memory.
    package init(copying bytes: UnsafeRawBufferPointer) throws(Unavailable) {
        try self.init(zeroes: bytes.count)
        if let source = bytes.baseAddress { unsafe base.copyMemory(from: source, byteCount: bytes.count) }
    }

    deinit {
        // This zeroes the memory before it frees it.
        unsafe sodium_free(base)
    }

    /// Calls a closure with the bytes; the pointer must not escape.
    package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(UnsafeRawBufferPointer(start: base, count: count))
    }

    /// Calls a closure with the mutable bytes; the pointer must not escape.
    package mutating func withMutableBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(UnsafeMutableRawBufferPointer(start: base, count: count))
    }

    /// Calls a closure with the address of the ``count`` bytes, for libsodium.
    borrowing func withPointer<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        unsafe body(UnsafePointer(base.assumingMemoryBound(to: UInt8.self)))
    }

    /// Calls a closure with the mutable address of the ``count`` bytes, for libsodium.
    mutating func withMutablePointer<Result>(_ body: (UnsafeMutablePointer<UInt8>) -> Result) -> Result {
        unsafe body(base.assumingMemoryBound(to: UInt8.self))
    }

    /// Fills the bytes from the system's random source.
    package mutating func fillRandomly() { unsafe randombytes_buf(base, count) }

    /// The text that is printed instead of the bytes.
    package var description: String { "[redacted]" }
}
