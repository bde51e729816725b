extension StaticString {
    /// Returns a Boolean value that indicates whether `bytes` start with this text.
    @inlinable public func isPrefix(of bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let count = utf8CodeUnitCount
        guard bytes.count >= count else { return false }
        for offset in 0..<count where unsafe bytes[offset] != utf8Start[offset] { return false }
        return true
    }

    /// Returns a Boolean value that indicates whether `bytes` are this text.
    @inlinable public func equals(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe bytes.count == utf8CodeUnitCount && isPrefix(of: bytes)
    }

    /// Returns a Boolean value that indicates whether a text has the same bytes.
    package func equals(_ text: String) -> Bool {
        unsafe text.utf8.span.withUnsafeBufferPointer { unsafe equals($0) }
    }

    /// Returns a Boolean value that indicates whether a text ends with this one.
    package func isSuffix(of text: String) -> Bool {
        unsafe text.utf8.span.withUnsafeBufferPointer { bytes in
            unsafe equals(UnsafeBufferPointer(rebasing: bytes.suffix(utf8CodeUnitCount)))
        }
    }
}
