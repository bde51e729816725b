import CLibSodium
import RosterBytes

/// A value that can be sealed: the key of a provider.
package struct SecretValue: ~Copyable {
    private let bytes: SecretBytes

    /// The reason why a value is rejected.
    package enum Problem: Error, Hashable, Sendable {
        case empty
        /// More than 16,384 bytes.
        case tooLong(Int)
        /// Surrounding white space, which was probably copied by accident.
        case surroundingWhiteSpace
        case noMemory
    }

    /// The maximum number of bytes to read: the longest value and a line end.
    package static let inputLimit = SecretPayload.valueLengths.upperBound + 2

    /// Creates a value from input, without one LF or CR LF at the end.
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

    /// Creates a value from an opened payload.
    init(opened bytes: consuming SecretBytes) { self.bytes = bytes }

    /// The number of bytes.
    package var count: Int { bytes.count }

    /// Calls a closure with the bytes; the pointer must not escape.
    package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe bytes.withBytes(body)
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// The text that is printed instead of the value.
    package var description: String { "[redacted]" }
}

/// BLAKE2b-128 of a value, keyed with the salt in the box, so that it reveals only whether a resealed value is the same.
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
