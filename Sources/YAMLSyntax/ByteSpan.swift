/// A half-open range of byte offsets into one file's bytes.
///
/// Offsets are 32 bits wide: no file that is read is larger than 16 MiB, and a node of a tree stays small.
public struct ByteSpan: Hashable, Sendable {
    /// Offset of the first byte, from 0.
    public var start: UInt32
    /// Offset behind the last byte.
    public var end: UInt32

    /// Makes a span; one that would end before it starts is empty.
    @inlinable public init(start: UInt32, end: UInt32) {
        self.start = start
        self.end = max(start, end)
    }

    /// Makes a span of a range that lies in a file.
    @inlinable public init(_ range: Range<Int>) {
        self.init(start: UInt32(clamping: range.lowerBound), end: UInt32(clamping: range.upperBound))
    }

    /// The same range, to index an array of bytes with.
    @inlinable public var range: Range<Int> { Int(start)..<Int(end) }

    /// The number of bytes.
    @inlinable public var length: Int { Int(end - start) }

    /// Whether there is no byte in it.
    public var isEmpty: Bool { start == end }

    /// Whether an offset lies in it.
    public func contains(_ offset: Int) -> Bool { range.contains(offset) }
}
