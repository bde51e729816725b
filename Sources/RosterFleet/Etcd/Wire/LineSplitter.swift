/// An incremental splitter of a stream into lines, which may arrive in parts of any size.
struct LineSplitter {
    /// The reason why a line is not read further.
    struct TooLong: Error, Hashable {}

    private let limit: Int
    /// The start of a line without its end, at most `limit` bytes.
    private var pending: [UInt8] = []

    /// Creates a splitter of lines of at most `limit` bytes without their ends.
    init(limit: Int) { self.limit = limit }

    /// Returns the lines that end in these bytes, without their ends and without empty ones.
    mutating func append(_ bytes: [UInt8]) throws(TooLong) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            try extend(rest[..<end])
            if !pending.isEmpty { lines.append(pending) }
            pending = []
            rest = rest[(end + 1)...]
        }
        try extend(rest)
        return lines
    }

    private mutating func extend(_ bytes: ArraySlice<UInt8>) throws(TooLong) {
        guard bytes.count <= limit - pending.count else { throw TooLong() }
        pending += bytes
    }
}
