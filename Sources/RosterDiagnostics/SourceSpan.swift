/// A range of one file, in the units that people and programs use.
public struct SourceSpan: Sendable, Hashable {
    /// The first line, from 1.
    public var line: Int
    /// The first column, in Unicode scalars from 1.
    public var column: Int
    /// The line of the end, which is exclusive.
    public var endLine: Int
    /// The column after the last scalar.
    public var endColumn: Int
    /// The first column, in bytes from 1.
    public var byteColumn: Int
    /// The column after the last byte.
    public var endByteColumn: Int
    /// The number of bytes that precede the span.
    public var byteOffset: Int
    /// The number of bytes of the span.
    public var byteLength: Int

    /// Creates a span from its parts.
    public init(
        line: Int,
        column: Int,
        endLine: Int,
        endColumn: Int,
        byteColumn: Int,
        endByteColumn: Int,
        byteOffset: Int,
        byteLength: Int
    ) {
        self.line = line
        self.column = column
        self.endLine = endLine
        self.endColumn = endColumn
        self.byteColumn = byteColumn
        self.endByteColumn = endByteColumn
        self.byteOffset = byteOffset
        self.byteLength = byteLength
    }
}
