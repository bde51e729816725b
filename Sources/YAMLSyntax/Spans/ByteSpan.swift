/// A half-open range of byte offsets into one file's bytes.
///
/// Offsets are 32 bits wide: no file that is read is larger than 16 MiB, and a node of a tree stays small.
public struct ByteSpan: Hashable, Sendable {
    /// The offset of the first byte, from 0.
    public var start: UInt32
    /// The offset after the last byte.
    public var end: UInt32

    /// Creates a span; it is empty when `end` precedes `start`.
    @inlinable public init(start: UInt32, end: UInt32) {
        self.start = start
        self.end = max(start, end)
    }

    /// Creates a span of a range in a file.
    @inlinable public init(_ range: Range<Int>) {
        self.init(start: UInt32(clamping: range.lowerBound), end: UInt32(clamping: range.upperBound))
    }

    /// The span as a range of an array of bytes.
    @inlinable public var range: Range<Int> { Int(start)..<Int(end) }

    /// The number of bytes.
    @inlinable public var length: Int { Int(end - start) }

    /// A Boolean value that indicates whether the span is empty.
    public var isEmpty: Bool { start == end }

    /// Returns whether the span contains an offset.
    public func contains(_ offset: Int) -> Bool { range.contains(offset) }
}
