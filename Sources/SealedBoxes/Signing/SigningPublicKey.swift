import CLibSodium
import RosterBytes

/// The public half of a signing key: an Ed25519 public key (RFC 8032).
package struct SigningPublicKey: Hashable, Sendable {
    /// The number of bytes of a key.
    package static let byteCount = 32
    /// The number of bytes of a signature.
    package static let signatureByteCount = 64
    /// The label of its PEM text.
    package static let pemLabel = "PUBLIC KEY"

    /// The DER encoding before the 32 bytes: a `SubjectPublicKeyInfo` of RFC 8410.
    private static let prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

    /// The reason why bytes are not a signing key.
    package enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// The length is not 32 bytes.
        case length(Int)
        /// The encoding is not reduced, not of a point on the curve, or of a point outside the main subgroup.
        case invalidPoint
        /// The DER encoding is of another algorithm, by its name when it is known.
        case algorithm(String?)

        package var description: String {
            switch self {
            case .length(let count): "an Ed25519 public key has 32 bytes, and this one has \(count)"
            case .invalidPoint: "the bytes are not a valid Ed25519 public key"
            case .algorithm(let name?): "the key is of the kind \(name), and must be Ed25519"
            case .algorithm(nil): "the key is not an Ed25519 public key in the form of RFC 8410"
            }
        }
    }

    /// The 32 bytes in the encoding of RFC 8032.
    package let bytes: [UInt8]

    /// Creates a key from its 32 bytes.
    ///
    /// As libsodium does, it refuses encodings that are not canonical and points of small order, for which signatures
    /// exist that are valid for every message.
    package init(bytes: [UInt8]) throws(Problem) {
        guard bytes.count == Self.byteCount else { throw .length(bytes.count) }
        guard unsafe crypto_core_ed25519_is_valid_point(bytes) == 1 else { throw .invalidPoint }
        self.bytes = bytes
    }

    /// Creates a key from its DER encoding, a `SubjectPublicKeyInfo`.
    package init(der: [UInt8]) throws(Problem) {
        guard der.count == Self.prefix.count + Self.byteCount, der.starts(with: Self.prefix) else {
            let name = KeyAlgorithm.name(inDER: der)
            throw .algorithm(name == "Ed25519" ? nil : name)
        }
        try self.init(bytes: Array(der[Self.prefix.count...]))
    }

    /// The DER encoding, a `SubjectPublicKeyInfo`.
    package var der: [UInt8] { Self.prefix + bytes }

    /// The SHA-256 digest of the DER encoding in lower-case hexadecimal digits.
    package var id: String { Digest.sha256(of: der.span).hex }

    /// The PEM text, as OpenSSL writes it.
    package var pem: String {
        "-----BEGIN \(Self.pemLabel)-----\n\(CanonicalBase64.encode(der.span))\n-----END \(Self.pemLabel)-----\n"
    }

    /// Returns a Boolean value that indicates whether a signature of a message is valid.
    package func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard signature.count == Self.signatureByteCount else { return false }
        return unsafe crypto_sign_verify_detached(signature, message, UInt64(message.count), bytes) == 0
    }
}
