import Glibc

extension OutputSpan<UInt8> {
    /// Appends the bytes of a text without the last `left`; nothing when the span has no room for them.
    package mutating func append(_ text: String, withoutLast left: Int = 0) {
        unsafe text.utf8.span.withUnsafeBufferPointer { bytes in
            unsafe append(UnsafeBufferPointer(rebasing: bytes.dropLast(left)))
        }
    }

    /// Appends the bytes of a constant text; nothing when the span has no room for them.
    package mutating func append(literal text: StaticString) {
        unsafe append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends bytes; nothing when the span has no room for them.
    @unsafe @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        unsafe withUnsafeMutableBufferPointer { buffer, count in
            guard let source = bytes.baseAddress, let target = buffer.baseAddress,
                bytes.count <= buffer.count - count
            else { return }
            unsafe memcpy(target + count, source, bytes.count)
            count += bytes.count
        }
    }
}
