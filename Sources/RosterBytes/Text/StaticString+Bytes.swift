extension StaticString {
    /// Whether `bytes` start with this text.
    package func isPrefix(of bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let count = utf8CodeUnitCount
        guard bytes.count >= count else { return false }
        for offset in 0..<count where unsafe bytes[offset] != utf8Start[offset] { return false }
        return true
    }

    /// Whether `bytes` are this text.
    package func equals(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe bytes.count == utf8CodeUnitCount && isPrefix(of: bytes)
    }

    /// Returns whether a text is this one.
    package func equals(_ text: String) -> Bool {
        unsafe text.utf8.span.withUnsafeBufferPointer { unsafe equals($0) }
    }

    /// Whether a text ends with this one.
    package func isSuffix(of text: String) -> Bool {
        unsafe text.utf8.span.withUnsafeBufferPointer { bytes in
            unsafe equals(UnsafeBufferPointer(rebasing: bytes.suffix(utf8CodeUnitCount)))
        }
    }
}
