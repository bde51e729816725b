import CLibSodium
import RosterBytes

/// A value sealed to one key: `crypto_box_seal` of libsodium (X25519, XSalsa20-Poly1305) over a padded payload.
package struct SealedBox: Hashable, Sendable {
    /// The sealing key's id, `rk_…`.
    package var key: String
    /// An ephemeral public key, a tag, and the payload's ciphertext.
    package var bytes: [UInt8]

    /// The number of bytes that a box has in addition to its payload.
    package static var overhead: Int { crypto_box_sealbytes() }

    /// Creates a box from its parts.
    package init(key: String, bytes: [UInt8]) {
        self.key = key
        self.bytes = bytes
    }

    /// The box in canonical base64.
    package var base64: String { CanonicalBase64.encode(bytes.span) }

    /// Returns a Boolean value that indicates whether a box can have this size.
    package static func isPossible(byteCount: Int) -> Bool {
        let payload = byteCount - overhead
        return payload > 0 && payload.isMultiple(of: SecretPayload.blockSize)
    }

    /// Seals a padded payload to a key.
    static func seal(_ payload: borrowing SecretBytes, to key: SealingPublicKey) -> SealedBox? {
        guard Sodium.isReady else { return nil }
        var bytes = [UInt8](repeating: 0, count: overhead + payload.count)
        let status = unsafe payload.withBytes { payload in
            unsafe crypto_box_seal(
                &bytes,
                payload.baseAddress?.assumingMemoryBound(to: UInt8.self),
                UInt64(payload.count),
                key.bytes
            )
        }
        return status == 0 ? SealedBox(key: key.id, bytes: bytes) : nil
    }
}
