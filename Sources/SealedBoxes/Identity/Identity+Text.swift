import CLibSodium

extension Identity {
    /// Parses an identity's text: one line with ``prefix``, and comments and blank lines.
    package init(text: borrowing SecretBytes) throws(Problem) {
        let bytes = try unsafe text.withBytes { (text) throws(Problem) -> SecretBytes in
            var found: Range<Int>?
            var start = 0
            var number = 0
            while start < text.count {
                number += 1
                var end = start
                while end < text.count, unsafe text[end] != UInt8(ascii: "\n") { end += 1 }
                let next = end + 1
                while end > start, unsafe Self.isBlank(text[end - 1]) { end -= 1 }
                let line = unsafe UnsafeRawBufferPointer(rebasing: text[start..<end])
                if unsafe line.starts(with: Self.prefix.utf8) {
                    guard found == nil else { throw .severalIdentityLines }
                    found = (start + Self.prefix.utf8.count)..<end
                } else if end > start, unsafe text[start] != UInt8(ascii: "#") {
                    throw .unexpectedLine(number)
                }
                start = next
            }
            guard let found else { throw .noIdentityLine }
            return try unsafe Self.decode(UnsafeRawBufferPointer(rebasing: text[found]))
        }
        try self.init(privateBytes: bytes)
    }

    /// Decodes the 32 bytes of canonical base64 within secret memory.
    private static func decode(_ text: UnsafeRawBufferPointer) throws(Problem) -> SecretBytes {
        guard text.count == 44 else { throw .notBase64 }
        var bytes: SecretBytes
        do { bytes = try SecretBytes(zeroes: 32) } catch { throw .noMemory }
        let isCanonical = unsafe bytes.withMutablePointer { bytes in
            var length = 0
            // libsodium rejects spare bits and, without a pointer for the end, bytes after the padding.
            let status = unsafe sodium_base642bin(
                bytes,
                32,
                text.baseAddress?.assumingMemoryBound(to: CChar.self),
                text.count,
                nil,
                &length,
                nil,
                sodium_base64_VARIANT_ORIGINAL
            )
            return status == 0 && length == 32
        }
        guard isCanonical else { throw .notBase64 }
        return bytes
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
