import CLibSodium

/// The result of a cryptographic hash over bytes that are no secret.
package struct Digest: Hashable, Sendable {
    /// The bytes of the hash.
    package let bytes: [UInt8]

    /// Creates a digest from the bytes of a hash.
    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// The digest as lower-case hexadecimal digits.
    package var hex: String { LowerHex.encode(bytes.span) }

    /// BLAKE2b (RFC 7693) with an output of 16 bytes, and a key of up to 64 bytes.
    package static func blake2b128(of message: Span<UInt8>, key: [UInt8] = []) -> Digest {
        blake2b(byteCount: 16, of: message, key: key)
    }

    /// BLAKE2b (RFC 7693) with an output of 32 bytes, and a key of up to 64 bytes.
    package static func blake2b256(of message: Span<UInt8>, key: [UInt8] = []) -> Digest {
        blake2b(byteCount: 32, of: message, key: key)
    }

    /// SHA-256 (FIPS 180-4); for a message in pieces see ``SHA256``.
    package static func sha256(of message: Span<UInt8>) -> Digest {
        var hash = SHA256()
        hash.update(message)
        return hash.finish()
    }

    private static func blake2b(byteCount: Int, of message: Span<UInt8>, key: [UInt8]) -> Digest {
        // Only now does libsodium know which of its implementations this processor runs fastest.
        _ = Sodium.isReady
        var bytes = [UInt8](repeating: 0, count: byteCount)
        let status = unsafe message.withUnsafeBufferPointer { message in
            unsafe crypto_generichash_blake2b(
                &bytes,
                byteCount,
                message.baseAddress,
                UInt64(message.count),
                key,
                key.count
            )
        }
        precondition(status == 0, "a BLAKE2b key has at most 64 bytes")
        return Digest(bytes: bytes)
    }
}

/// SHA-256 (FIPS 180-4) over a message that comes in pieces.
package struct SHA256: ~Copyable {
    private var state = crypto_hash_sha256_state()

    package init() {
        _ = unsafe crypto_hash_sha256_init(&state)
    }

    package mutating func update(_ piece: Span<UInt8>) {
        unsafe piece.withUnsafeBufferPointer { piece in
            guard let start = piece.baseAddress else { return }
            _ = unsafe crypto_hash_sha256_update(&state, start, UInt64(piece.count))
        }
    }

    package consuming func finish() -> Digest {
        var bytes = [UInt8](repeating: 0, count: crypto_hash_sha256_bytes())
        _ = unsafe crypto_hash_sha256_final(&state, &bytes)
        return Digest(bytes: bytes)
    }
}
