import CLibSodium
package import RosterBytes

/// A key of HMAC-SHA-256 (RFC 2104, FIPS 180-4), in secret memory.
package struct MessageKey: ~Copyable {
    private let bytes: SecretBytes

    /// Creates a key from its bytes.
    package init(_ bytes: consuming SecretBytes) { self.bytes = bytes }

    /// Creates a key from a prefix followed by a secret.
    package init(prefix: StaticString, _ secret: borrowing SecretBytes) throws(SecretBytes.Unavailable) {
        let length = prefix.utf8CodeUnitCount
        var key = try SecretBytes(zeroes: length + secret.count)
        unsafe key.withMutableBytes { key in
            unsafe key.copyMemory(from: UnsafeRawBufferPointer(start: prefix.utf8Start, count: length))
            unsafe secret.withBytes { secret in
                unsafe UnsafeMutableRawBufferPointer(rebasing: key[length...]).copyMemory(from: secret)
            }
        }
        bytes = key
    }

    /// Returns the authentication code of a message, which is not secret.
    package func code(of message: [UInt8]) -> Digest {
        var code = [UInt8](repeating: 0, count: crypto_auth_hmacsha256_bytes())
        unsafe write(message, to: &code)
        return Digest(bytes: code)
    }

    /// Returns the authentication code of a message as another key.
    package func derived(from message: String) throws(SecretBytes.Unavailable) -> MessageKey {
        var code = try SecretBytes(zeroes: crypto_auth_hmacsha256_bytes())
        unsafe code.withMutablePointer { unsafe write(Array(message.utf8), to: $0) }
        return MessageKey(code)
    }

    private func write(_ message: [UInt8], to code: UnsafeMutablePointer<UInt8>) {
        var state = crypto_auth_hmacsha256_state()
        // The state contains parts of the key.
        defer { unsafe sodium_memzero(&state, MemoryLayout<crypto_auth_hmacsha256_state>.size) }
        unsafe bytes.withPointer { _ = unsafe crypto_auth_hmacsha256_init(&state, $0, bytes.count) }
        _ = unsafe crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
        _ = unsafe crypto_auth_hmacsha256_final(&state, code)
    }
}
