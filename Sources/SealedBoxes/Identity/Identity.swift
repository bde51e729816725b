import CLibSodium

/// The private half of a sealing key.
package struct Identity: ~Copyable {
    private let privateBytes: SecretBytes
    /// The public half, which is always derived from the private one.
    package let publicKey: SealingPublicKey

    /// The reason why text is not an identity.
    package enum Problem: Error, Hashable, Sendable {
        /// No line begins with ``prefix``.
        case noIdentityLine
        /// Several lines begin with ``prefix``.
        case severalIdentityLines
        /// A line that is neither a comment nor blank nor the identity; its number from 1.
        case unexpectedLine(Int)
        /// The text after the prefix is not the canonical base64 of 32 bytes.
        case notBase64
        /// The bytes are not a usable key.
        case unusable
        case noMemory
    }

    /// The prefix of the line with the private half.
    package static let prefix = "ROSTER-IDENTITY-1-"
    /// The maximum number of bytes of an identity's text.
    package static let textLimit = 64 * 1024

    /// Creates an identity from 32 private bytes.
    init(privateBytes: consuming SecretBytes) throws(Problem) {
        guard privateBytes.count == 32 else { throw .unusable }
        var publicBytes = [UInt8](repeating: 0, count: 32)
        let status = unsafe privateBytes.withPointer { unsafe crypto_scalarmult_base(&publicBytes, $0) }
        guard status == 0 else { throw .unusable }
        do { publicKey = try SealingPublicKey(bytes: publicBytes) } catch { throw .unusable }
        self.privateBytes = privateBytes
    }

    /// Generates an identity from the system's random source.
    package static func generate() throws(Problem) -> Identity {
        do {
            var bytes = try SecretBytes(zeroes: 32)
            bytes.fillRandomly()
            return try Identity(privateBytes: bytes)
        } catch let problem as Problem { throw problem } catch { throw .noMemory }
    }

    /// Opens a box into a buffer with room for its payload; returns false on failure.
    borrowing func open(_ box: SealedBox, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
        unsafe privateBytes.withPointer { secret in
            unsafe crypto_box_seal_open(
                buffer.baseAddress?.assumingMemoryBound(to: UInt8.self),
                box.bytes,
                UInt64(box.bytes.count),
                publicKey.bytes,
                secret
            ) == 0
        }
    }

    /// Calls a closure with the line of the private half, without a line end; the pointer must not escape.
    package borrowing func withLine<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result {
        // The base64 of 32 bytes, and the NUL that libsodium ends it with.
        var line = try SecretBytes(zeroes: Self.prefix.utf8.count + 45)
        unsafe line.withMutableBytes { unsafe $0.copyBytes(from: Self.prefix.utf8) }
        unsafe line.withMutablePointer { line in
            unsafe privateBytes.withPointer { bytes in
                let text = unsafe UnsafeMutableRawPointer(line + Self.prefix.utf8.count)
                unsafe sodium_bin2base64(
                    text.assumingMemoryBound(to: CChar.self),
                    45,
                    bytes,
                    privateBytes.count,
                    sodium_base64_VARIANT_ORIGINAL
                )
            }
        }
        return try unsafe line.withBytes { try unsafe body(UnsafeRawBufferPointer(rebasing: $0.dropLast())) }
    }

    /// The text that is printed instead of the identity.
    package var description: String { "[redacted]" }
}
