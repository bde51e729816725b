import Glibc

/// A byte string to search for, by the C library's vectorized search for its rarest byte.
package struct ByteMarker: Sendable {
    package let bytes: [UInt8]
    /// The position of the rare byte.
    private let anchor: Int

    /// A marker, searched for by the first occurrence of `rare` in it.
    package init(_ text: String, rare: Unicode.Scalar) {
        bytes = Array(text.utf8)
        anchor = bytes.firstIndex(of: UInt8(ascii: rare)) ?? 0
    }

    /// Returns whether `text` contains the marker.
    package func isIn(_ text: [UInt8]) -> Bool {
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
