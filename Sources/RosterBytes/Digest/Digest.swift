import CLibSodium

/// The result of a cryptographic hash function over bytes that are not secret.
package struct Digest: Hashable, Sendable {
    /// The bytes of the hash.
    package let bytes: [UInt8]

    /// The digest as lower-case hexadecimal digits.
    package var hex: String { LowerHex.encode(bytes.span) }

    /// Creates a digest from the bytes of a hash.
    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// Returns the BLAKE2b hash (RFC 7693) of a message, in 16 bytes.
    package static func blake2b128(of message: Span<UInt8>) -> Digest { blake2b(byteCount: 16, of: message) }

    /// Returns the BLAKE2b hash (RFC 7693) of a message, in 32 bytes.
    package static func blake2b256(of message: Span<UInt8>) -> Digest { blake2b(byteCount: 32, of: message) }

    /// Returns the SHA-256 hash (FIPS 180-4) of a message; ``SHA256`` hashes a message in pieces.
    package static func sha256(of message: Span<UInt8>) -> Digest {
        var hash = SHA256()
        hash.update(message)
        return hash.finish()
    }

    private static func blake2b(byteCount: Int, of message: Span<UInt8>) -> Digest {
        // libsodium chooses its fastest implementation for the processor when it is initialized.
        _ = Sodium.isReady
        var bytes = [UInt8](repeating: 0, count: byteCount)
        unsafe message.withUnsafeBufferPointer { message in
            // It fails only for a length of the digest or the key that RFC 7693 does not allow.
            _ = unsafe crypto_generichash_blake2b(
                &bytes,
                byteCount,
                message.baseAddress,
                UInt64(message.count),
                nil,
                0
            )
        }
        return Digest(bytes: bytes)
    }
}
