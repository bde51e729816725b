import CLibSodium

/// The private half of a sealing key.
package struct Identity: ~Copyable {
    private let privateBytes: SecretBytes
    /// The public half, derived from the private one and never read.
    package let publicKey: SealingPublicKey

    /// Why there is no identity.
    package enum Problem: Error, Hashable, Sendable {
        /// No line begins with ``prefix``.
        case noIdentityLine
        /// More than one does.
        case severalIdentityLines
        /// A line that is neither a comment nor blank nor the identity; its number from 1.
        case unexpectedLine(Int)
        /// What follows the prefix is not the canonical base64 of 32 bytes.
        case notBase64
        /// The bytes make no usable key.
        case unusable
        case noMemory
    }

    /// What the line of the private half begins with.
    package static let prefix = "ROSTER-IDENTITY-1-"
    /// The most bytes that an identity's text may have.
    package static let textLimit = 64 * 1024

    /// Takes 32 private bytes.
    init(privateBytes: consuming SecretBytes) throws(Problem) {
        guard privateBytes.count == 32 else { throw .unusable }
        var publicBytes = [UInt8](repeating: 0, count: 32)
        let status = unsafe privateBytes.withPointer { unsafe crypto_scalarmult_base(&publicBytes, $0) }
        guard status == 0 else { throw .unusable }
        do { publicKey = try SealingPublicKey(bytes: publicBytes) } catch { throw .unusable }
        self.privateBytes = privateBytes
    }

    /// A new one, from the system's random source.
    package static func generate() throws(Problem) -> Identity {
        do {
            var bytes = try SecretBytes(zeroes: 32)
            bytes.fillRandomly()
            return try Identity(privateBytes: bytes)
        } catch let problem as Problem { throw problem } catch { throw .noMemory }
    }

    /// Opens a box into a buffer that has room for its payload; whether it could.
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

    /// Lends the private half's line, without a line end; the pointer must not leave the closure.
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

    /// What is printed in its place.
    package var description: String { "[redacted]" }
}
