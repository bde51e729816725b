/// The lines of a file that could not be read, as a person sees them.
struct SourceLines {
    /// A line of the file.
    struct Line {
        let start: Int
        /// The offset after the last byte that is not a blank or a line end.
        let end: Int
        /// The offset of the first byte that is not a blank; ``end`` in an empty line.
        let first: Int

        var indent: Int { first - start }
        var isEmpty: Bool { first == end }
        var text: Range<Int> { first..<end }
    }

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var count: Int { bytes.count }

    /// The byte at an offset; LF after the last one.
    subscript(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : UInt8(ascii: "\n") }

    // MARK: - Lines

    /// Returns the line that an offset is in.
    func line(at offset: Int) -> Line {
        var start = min(offset, bytes.count)
        while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        var end = start
        while self[end] != UInt8(ascii: "\n") { end += 1 }
        while end > start, self[end - 1].isBlankOrLineEnd { end -= 1 }
        var first = start
        while first < end, self[first].isBlank { first += 1 }
        return Line(start: start, end: end, first: first)
    }

    /// Returns the offset of the first tab in an empty line.
    func tab(in line: Line) -> Int? {
        var offset = line.start
        while self[offset] == UInt8(ascii: " ") { offset += 1 }
        return self[offset] == UInt8(ascii: "\t") ? offset : nil
    }

    /// Returns the line preceding another.
    func previous(_ line: Line) -> Line? { line.start > 0 ? self.line(at: line.start - 1) : nil }

    /// Returns the nearest line preceding another that holds more than a comment.
    func previousContent(_ line: Line) -> Line? {
        var candidate = previous(line)
        while let line = candidate, line.isEmpty || self[line.first] == UInt8(ascii: "#") {
            candidate = previous(line)
        }
        return candidate
    }

    /// Returns the first line that holds more than a comment or the start of the document.
    func firstContent() -> Line? {
        var offset = 0
        while offset < bytes.count {
            let line = line(at: offset)
            let isMarker = line.indent == 0 && line.end - line.start == 3 && has("---", at: line.start)
            if !line.isEmpty, self[line.first] != UInt8(ascii: "#"), !isMarker { return line }
            offset = line.end
            while self[offset] != UInt8(ascii: "\n") { offset += 1 }
            offset += 1
        }
        return nil
    }

    /// Returns whether `text` is at an offset.
    func has(_ text: StaticString, at offset: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard offset + count <= bytes.count else { return false }
        return unsafe bytes[offset..<offset + count].elementsEqual(
            UnsafeBufferPointer(start: text.utf8Start, count: count)
        )
    }

    // MARK: - Parts of a line

    /// Returns the offset at which the key or value of a line starts, after dashes.
    func contentStart(_ line: Line) -> Int {
        var offset = line.first
        while self[offset] == UInt8(ascii: "-"), self[offset + 1].isBlank {
            offset += 1
            while self[offset].isBlank { offset += 1 }
        }
        return offset
    }

    /// Returns the colon that ends the key of a line, or nil when the line has no key.
    func keyColon(_ line: Line) -> Int? {
        var offset = contentStart(line)
        switch self[offset] {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "#"): return nil
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            guard let end = endOfQuotes(from: offset, before: line.end) else { return nil }
            offset = end
            while self[offset].isBlank { offset += 1 }
            return self[offset] == UInt8(ascii: ":") ? offset : nil
        default: break
        }
        while offset < line.end {
            if self[offset] == UInt8(ascii: ":"), self[offset + 1].isBlankOrLineEnd { return offset }
            if self[offset] == UInt8(ascii: "#"), self[offset - 1].isBlank { return nil }
            offset += 1
        }
        return nil
    }

    /// Returns the key of a line without the blanks that follow it.
    func key(_ line: Line) -> ByteSpan? {
        guard let colon = keyColon(line) else { return nil }
        let start = contentStart(line)
        var end = colon
        while end > start, self[end - 1].isBlank { end -= 1 }
        return ByteSpan(start..<end)
    }

    /// Returns the value in a line, after its key and dashes; a comment that follows it is left out.
    func value(_ line: Line) -> ByteSpan? {
        var start = keyColon(line).map { $0 + 1 } ?? contentStart(line)
        while start < line.end, self[start].isBlank { start += 1 }
        guard start < line.end else { return nil }
        return ByteSpan(start..<endOfValue(from: start, in: line))
    }

    /// Returns the end of what starts at `start`, which a comment or the end of the line follows.
    func endOfValue(from start: Int, in line: Line) -> Int {
        var offset = start + 1
        while offset < line.end {
            if self[offset] == UInt8(ascii: "#"), self[offset - 1].isBlank {
                var end = offset
                while end > start, self[end - 1].isBlank { end -= 1 }
                return end
            }
            offset += 1
        }
        return line.end
    }

    /// Returns the offset after the closing quote, or nil when `limit` comes first.
    func endOfQuotes(from start: Int, before limit: Int) -> Int? {
        let quote = self[start]
        var offset = start + 1
        while offset < limit {
            if self[offset] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                offset += 1
            } else if self[offset] == quote {
                guard quote == UInt8(ascii: "'"), self[offset + 1] == quote else { return offset + 1 }
                offset += 1
            }
            offset += 1
        }
        return nil
    }

    /// Returns whether the value of a line is `|` or `>`, with the text in the lines that follow.
    func startsBlockOfText(_ line: Line) -> Bool {
        guard keyColon(line) != nil, let value = value(line) else { return false }
        let first = self[Int(value.start)]
        return (first == UInt8(ascii: "|") || first == UInt8(ascii: ">")) && value.length <= 3
            && value.range.dropFirst().allSatisfy { "+-0123456789".utf8.contains(self[$0]) }
    }
}
