import CLibSodium
import RosterBytes

/// The public half of a sealing key: an X25519 public key (RFC 7748) that values can be sealed to.
package struct SealingPublicKey: Hashable, Sendable {
    /// The number of bytes of a key.
    package static let byteCount = 32

    /// The reason why bytes are not a sealing key.
    package enum Problem: Error, Hashable, Sendable {
        /// The text is not canonical base64.
        case notBase64
        /// The length is not 32 bytes.
        case length(Int)
        /// The encoding is not reduced: bit 255 is set, or the number is at least 2^255−19.
        case notCanonical
        /// Anyone can open a box that is sealed to this point.
        case lowOrder
    }

    /// The 32 bytes in the encoding of RFC 7748.
    package let bytes: [UInt8]

    /// `rk_` and 32 lower-case hexadecimal digits, derived from the bytes.
    package let id: String

    /// The key in canonical base64.
    package var base64: String { CanonicalBase64.encode(bytes.span) }

    package init(bytes: [UInt8]) throws(Problem) {
        guard bytes.count == Self.byteCount else { throw .length(bytes.count) }
        guard Self.isCanonical(bytes) else { throw .notCanonical }
        guard !Self.isLowOrder(bytes) else { throw .lowOrder }
        self.bytes = bytes
        let message = Array("roster-sealing-key-v1\0".utf8) + bytes
        id = "rk_" + Digest.blake2b128(of: message.span).hex
    }

    /// Parses a key from its text, 44 characters of canonical base64.
    package init(base64: Span<UInt8>) throws(Problem) {
        guard let bytes = CanonicalBase64.decode(base64) else { throw .notBase64 }
        try self.init(bytes: bytes)
    }

    private static func isCanonical(_ bytes: [UInt8]) -> Bool {
        // 2^255−19 is ED FF … FF 7F.
        bytes[31] < 0x7F || bytes[31] == 0x7F && (bytes[0] < 0xED || bytes[1..<31].contains { $0 != 0xFF })
    }

    /// Returns whether the order of the point divides the cofactor of the curve, so that every exchange with it is zero,
    /// which libsodium reports.
    private static func isLowOrder(_ point: [UInt8]) -> Bool {
        var product = [UInt8](repeating: 0, count: byteCount)
        let scalar = [UInt8](repeating: 0, count: byteCount)
        return unsafe crypto_scalarmult_curve25519(&product, scalar, point) != 0
    }
}
