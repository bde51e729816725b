import CLibSodium

/// The private half of a signing key: an Ed25519 private key (RFC 8032).
package struct SigningPrivateKey: ~Copyable {
    /// The seed and the public key, as libsodium combines them.
    private let secret: SecretBytes
    /// The public half, which is always derived from the private one.
    package let publicKey: SigningPublicKey

    /// The reason why text is not a private key.
    package enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// A line of the PEM text is not allowed where it is.
        case pem(PEMBlock.Problem)
        /// The text has another number of blocks than one.
        case blocks(Int)
        /// The block is of another kind, such as `ENCRYPTED PRIVATE KEY`.
        case label(String)
        /// The block is not canonical base64.
        case notBase64
        /// The DER encoding is of another algorithm, by its name when it is known.
        case algorithm(String?)
        /// The form of RFC 5958 that also contains the public key or attributes.
        case secondVersion
        case noMemory

        package var description: String {
            switch self {
            case .pem(let problem): "\(problem)"
            case .blocks(0): "the text has no line \"-----BEGIN PRIVATE KEY-----\""
            case .blocks(let count): "the text has \(count) PEM blocks, and must have one"
            case .label("ENCRYPTED PRIVATE KEY"):
                "the private key is encrypted with a passphrase, which is not supported"
            case .label(let label): "the PEM block is \"\(label)\", and must be \"\(SigningPrivateKey.pemLabel)\""
            case .notBase64: "the PEM block is not canonical base64"
            case .algorithm(let name?): "the key is of the kind \(name), and must be Ed25519"
            case .algorithm(nil): "the key is not an Ed25519 private key in the form of RFC 8410"
            case .secondVersion:
                "the key has the form of version 2 of PKCS#8, and must have the plain form of version 1"
            case .noMemory: "memory for secrets is not available"
            }
        }
    }

    /// The label of its PEM text.
    package static let pemLabel = "PRIVATE KEY"
    /// The maximum number of bytes of the PEM text.
    package static let textLimit = 16 * 1024

    private static let seedByteCount = 32
    /// The DER encoding before the seed: version 1 of PKCS#8, in the form of RFC 8410.
    private static let prefix: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
    /// The length of ``withPEM(_:)``'s base64, without the NUL that libsodium ends it with.
    private static let base64Count = 64

    /// Generates a key from the system's random source.
    package static func generate() throws(Problem) -> SigningPrivateKey {
        var seed: SecretBytes
        do { seed = try SecretBytes(zeroes: seedByteCount) } catch { throw .noMemory }
        seed.fillRandomly()
        return try SigningPrivateKey(seed: seed)
    }

    /// Parses the PEM text of an unencrypted key, as `openssl genpkey -algorithm ed25519` writes it.
    package init(pem: borrowing SecretBytes) throws(Problem) {
        let seed = try unsafe pem.withBytes { (text) throws(Problem) -> SecretBytes in
            let blocks: [PEMBlock]
            do throws(PEMBlock.Problem) {
                blocks = try unsafe PEMBlock.find(in: text)
            } catch { throw Problem.pem(error) }
            guard let block = blocks.first, blocks.count == 1 else { throw .blocks(blocks.count) }
            guard block.label == Self.pemLabel else { throw .label(block.label) }
            return try unsafe Self.seed(base64: UnsafeRawBufferPointer(rebasing: text[block.body]))
        }
        try self.init(seed: seed)
    }

    /// Creates a key from its seed.
    private init(seed: borrowing SecretBytes) throws(Problem) {
        var secret: SecretBytes
        do { secret = try SecretBytes(zeroes: Self.seedByteCount + SigningPublicKey.byteCount) } catch {
            throw .noMemory
        }
        var publicBytes = [UInt8](repeating: 0, count: SigningPublicKey.byteCount)
        let status = unsafe secret.withMutablePointer { secret in
            unsafe seed.withPointer { unsafe crypto_sign_seed_keypair(&publicBytes, secret, $0) }
        }
        guard status == 0 else { throw .algorithm(nil) }
        do { publicKey = try SigningPublicKey(bytes: publicBytes) } catch { throw .algorithm(nil) }
        self.secret = secret
    }

    /// Returns the signature of a message, in 64 bytes.
    package borrowing func sign(_ message: [UInt8]) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: SigningPublicKey.signatureByteCount)
        // It fails for no key and no message.
        _ = unsafe secret.withPointer {
            unsafe crypto_sign_detached(&signature, nil, message, UInt64(message.count), $0)
        }
        return signature
    }

    /// Calls a closure with the PEM text, as OpenSSL writes it; the pointer must not escape.
    package borrowing func withPEM<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
        var der = try SecretBytes(zeroes: Self.prefix.count + Self.seedByteCount)
        unsafe der.withMutableBytes { der in
            unsafe der.copyBytes(from: Self.prefix)
            unsafe secret.withBytes { secret in
                unsafe UnsafeMutableRawBufferPointer(rebasing: der[Self.prefix.count...])
                    .copyBytes(from: secret[..<Self.seedByteCount])
            }
        }
        let (header, footer) = ("-----BEGIN \(Self.pemLabel)-----\n", "\n-----END \(Self.pemLabel)-----\n")
        let start = header.utf8.count
        var text = try SecretBytes(zeroes: start + Self.base64Count + footer.utf8.count)
        unsafe text.withMutablePointer { text in
            unsafe der.withPointer { der in
                // The NUL at its end is in the place of the footer, which is written next.
                _ = unsafe sodium_bin2base64(
                    UnsafeMutableRawPointer(text + start).assumingMemoryBound(to: CChar.self),
                    Self.base64Count + 1,
                    der,
                    Self.prefix.count + Self.seedByteCount,
                    sodium_base64_VARIANT_ORIGINAL
                )
            }
        }
        unsafe text.withMutableBytes { text in
            unsafe text.copyBytes(from: header.utf8)
            unsafe UnsafeMutableRawBufferPointer(rebasing: text[(start + Self.base64Count)...])
                .copyBytes(from: footer.utf8)
        }
        return try unsafe text.withBytes { try unsafe body($0) }
    }

    /// The text that is printed instead of the key.
    package var description: String { "[redacted]" }

    /// Decodes the seed within secret memory.
    private static func seed(base64 text: UnsafeRawBufferPointer) throws(Problem) -> SecretBytes {
        var der: SecretBytes
        do { der = try SecretBytes(zeroes: text.count) } catch { throw .noMemory }
        var length = 0
        let status = unsafe der.withMutablePointer { der in
            unsafe sodium_base642bin(
                der,
                text.count,
                text.baseAddress?.assumingMemoryBound(to: CChar.self),
                text.count,
                "\r\n",
                &length,
                nil,
                sodium_base64_VARIANT_ORIGINAL
            )
        }
        guard status == 0 else { throw .notBase64 }
        return try unsafe der.withBytes { (der) throws(Problem) -> SecretBytes in
            let der = unsafe UnsafeRawBufferPointer(rebasing: der[..<length])
            let isPlain = unsafe length == prefix.count + seedByteCount && der.starts(with: prefix)
            guard isPlain else { throw unsafe problem(ofDER: der) }
            do {
                return try unsafe SecretBytes(copying: UnsafeRawBufferPointer(rebasing: der[prefix.count...]))
            } catch { throw .noMemory }
        }
    }

    /// Returns the reason why a DER encoding is not the plain form.
    private static func problem(ofDER der: UnsafeRawBufferPointer) -> Problem {
        let name = unsafe KeyAlgorithm.name(inDER: der)
        guard name == "Ed25519" else { return .algorithm(name) }
        // The version is the number after the header of the sequence, whose length is below 128 or has one byte more.
        let version = unsafe der.count > 5 ? der[der[1] == 0x81 ? 5 : 4] : 0
        return version == 1 ? .secondVersion : .algorithm(nil)
    }
}
