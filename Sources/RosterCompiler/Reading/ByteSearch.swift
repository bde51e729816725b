import Glibc

/// Looks for a marker in a file's bytes, by way of the C library's vector search for one rare byte of it.
struct ByteMarker: Sendable {
    let bytes: [UInt8]
    /// Position of the byte that is searched for.
    private let anchor: Int

    /// A marker, searched for by the first occurrence of `rare` in it.
    init(_ text: String, rare: Unicode.Scalar) {
        bytes = Array(text.utf8)
        anchor = bytes.firstIndex(of: UInt8(ascii: rare)) ?? 0
    }

    /// Whether the marker stands anywhere in `text`.
    func isIn(_ text: [UInt8]) -> Bool {
        unsafe text.withUnsafeBytes { text in
            guard let start = text.baseAddress else { return false }
            var offset = anchor
            while offset < text.count {
                guard let rest = unsafe memchr(start + offset, Int32(bytes[anchor]), text.count - offset) else {
                    return false
                }
                let found = unsafe UnsafeRawPointer(rest) - start - anchor
                if unsafe found + bytes.count <= text.count && memcmp(start + found, bytes, bytes.count) == 0 {
                    return true
                }
                offset = found + anchor + 1
            }
            return false
        }
    }
}
