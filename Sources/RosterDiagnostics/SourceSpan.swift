/// A stretch of one file, as people and programs name it.
public struct SourceSpan: Sendable, Hashable {
    /// The first line, from 1.
    public var line: Int
    /// The first column, in Unicode scalars from 1.
    public var column: Int
    /// The line of the end, which is exclusive.
    public var endLine: Int
    /// The column behind the last scalar.
    public var endColumn: Int
    /// Bytes in front of the span.
    public var byteOffset: Int
    /// Bytes in the span.
    public var byteLength: Int

    /// Makes a span from its parts.
    public init(line: Int, column: Int, endLine: Int, endColumn: Int, byteOffset: Int, byteLength: Int) {
        self.line = line
        self.column = column
        self.endLine = endLine
        self.endColumn = endColumn
        self.byteOffset = byteOffset
        self.byteLength = byteLength
    }
}
