/// A splitter of a byte stream into lines.
package struct MessageLines: Sendable {
    /// The content between two line ends.
    package enum Line: Sendable, Hashable {
        case message([UInt8])
        /// More bytes than the limit, which were discarded.
        case tooLong
    }

    private let limit: Int
    private var pending: [UInt8] = []
    private var isDropping = false

    /// Creates a splitter for lines of at most `limit` bytes.
    package init(limit: Int) { self.limit = limit }

    /// Returns the lines that end in a piece of the stream.
    package mutating func take(_ piece: some Collection<UInt8>) -> [Line] {
        var lines: [Line] = []
        var rest = piece[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            append(rest[..<end])
            lines.append(line())
            rest = rest[rest.index(after: end)...]
        }
        append(rest)
        return lines
    }

    /// Returns the last line if the stream ended without a line end.
    package mutating func finish() -> Line? { pending.isEmpty && !isDropping ? nil : line() }

    private mutating func append(_ bytes: some Collection<UInt8>) {
        guard !isDropping, pending.count + bytes.count <= limit else {
            (isDropping, pending) = (true, [])
            return
        }
        pending.append(contentsOf: bytes)
    }

    private mutating func line() -> Line {
        defer { (isDropping, pending) = (false, []) }
        return isDropping ? .tooLong : .message(pending)
    }
}
