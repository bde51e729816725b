/// A half-open range of byte offsets into one file's bytes.
///
/// Offsets are 32 bits wide: no file that is read is larger than 16 MiB, and a node of a tree stays small.
package struct ByteSpan: Hashable, Sendable {
    /// Offset of the first byte, from 0.
    package var start: UInt32
    /// Offset behind the last byte.
    package var end: UInt32

    package init(start: UInt32, end: UInt32) {
        self.start = start
        self.end = max(start, end)
    }

    package init(_ range: Range<Int>) {
        self.init(start: UInt32(clamping: range.lowerBound), end: UInt32(clamping: range.upperBound))
    }

    /// The same range, to index an array of bytes with.
    @inlinable package var range: Range<Int> { Int(start)..<Int(end) }

    @inlinable package var length: Int { Int(end - start) }

    package var isEmpty: Bool { start == end }

    package func contains(_ offset: Int) -> Bool { range.contains(offset) }
}
