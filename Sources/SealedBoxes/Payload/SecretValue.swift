import CLibSodium
import RosterBytes

/// A value that may be sealed: what a provider takes as its key.
package struct SecretValue: ~Copyable {
    private let bytes: SecretBytes

    /// Why a value is refused.
    package enum Problem: Error, Hashable, Sendable {
        case empty
        /// More than 16,384 bytes.
        case tooLong(Int)
        /// White space that no provider's key has, most likely copied along.
        case surroundingWhiteSpace
        case noMemory
    }

    /// The most bytes that are worth reading: the longest value and a line end.
    package static let inputLimit = SecretPayload.valueLengths.upperBound + 2

    /// Takes what was typed or piped in; one LF or CR LF at its end is dropped.
    package init(input: borrowing SecretBytes) throws(Problem) {
        let value = try unsafe input.withBytes { (bytes) throws(Problem) -> SecretBytes in
            var count = bytes.count
            if count > 0, unsafe bytes[count - 1] == UInt8(ascii: "\n") {
                count -= 1
                if count > 0, unsafe bytes[count - 1] == UInt8(ascii: "\r") { count -= 1 }
            }
            guard count > 0 else { throw .empty }
            guard count <= SecretPayload.valueLengths.upperBound else { throw .tooLong(count) }
            guard unsafe !Self.isWhiteSpace(bytes[0]), unsafe !Self.isWhiteSpace(bytes[count - 1]) else {
                throw .surroundingWhiteSpace
            }
            do {
                return try unsafe SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            } catch { throw .noMemory }
        }
        bytes = value
    }

    /// Takes a value that was opened, which is what it was when it was sealed.
    init(opened bytes: consuming SecretBytes) { self.bytes = bytes }

    /// How many bytes there are.
    package var count: Int { bytes.count }

    /// Lends the bytes; the pointer must not leave the closure.
    package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe bytes.withBytes(body)
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// What is printed in place of the value.
    package var description: String { "[redacted]" }
}

/// BLAKE2b-128 of a value, keyed with the salt in the box: equal for the same value re-sealed, and telling nothing else.
enum SecretFingerprint {
    static func of(_ value: UnsafeRawBufferPointer, salt: UnsafeRawBufferPointer) -> String {
        var digest = [UInt8](repeating: 0, count: 16)
        _ = Sodium.isReady
        unsafe crypto_generichash_blake2b(
            &digest,
            digest.count,
            value.baseAddress?.assumingMemoryBound(to: UInt8.self),
            UInt64(value.count),
            salt.baseAddress?.assumingMemoryBound(to: UInt8.self),
            salt.count
        )
        return LowerHex.encode(digest.span)
    }
}
