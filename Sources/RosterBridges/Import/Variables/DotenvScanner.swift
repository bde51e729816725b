import RosterBytes

/// Splits a `.env` file into assignments, by the rules of python-dotenv's parser.
@safe
struct DotenvScanner {
    /// A name and its value, or lines that are neither.
    struct Assignment {
        /// The bytes of the name; nil when the lines are not an assignment.
        var name: Range<Int>?
        /// The bytes of the value between the quotes; nil for a name alone.
        var value: Range<Int>?
        /// The quote around the value; nil without one.
        var quote: UInt8?
        var line: Int
        var column: Int
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var offset = 0
    private var line = 1
    private var lineStart = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        unsafe self.bytes = unsafe bytes
        if unsafe bytes.starts(with: [0xEF, 0xBB, 0xBF]) { (offset, lineStart) = (3, 3) }
    }

    /// Returns the next assignment, after comments; nil at the end.
    mutating func next() -> Assignment? {
        while true {
            while let byte = peek(), Self.isSpace(byte) { advance() }
            guard let byte = peek() else { return nil }
            var assignment = Assignment(line: line, column: offset - lineStart + 1)
            if byte == UInt8(ascii: "#") {
                skipLine()
                continue
            }
            if readBinding(&assignment) { return assignment }
            skipLine()
            (assignment.name, assignment.value) = (nil, nil)
            return assignment
        }
    }

    /// Reads a name and a value up to the end of a line; returns false when they have another form.
    private mutating func readBinding(_ assignment: inout Assignment) -> Bool {
        skip("export", followedByBlank: true)
        guard let name = readName() else { return false }
        assignment.name = name
        skipBlanks()
        if peek() == UInt8(ascii: "=") {
            // The byte after the equals sign, as in readValue(_:).
            let start = offset + 1
            advance()
            skipBlanks()
            if offset > start, peek() == UInt8(ascii: "#") {
                // A comment in place of a value.
                assignment.value = offset..<offset
            } else {
                guard readValue(&assignment) else { return false }
            }
        }
        // A comment may follow.
        let end = offset
        skipBlanks()
        if peek() == UInt8(ascii: "#") { skipToLineEnd() } else { offset = end }
        skipBlanks()
        guard let byte = peek() else { return true }
        guard Self.isLineEnd(byte) else { return false }
        advance()
        return true
    }

    private mutating func skip(_ word: StaticString, followedByBlank: Bool) {
        let count = word.utf8CodeUnitCount
        guard unsafe bytes[offset...].starts(with: UnsafeBufferPointer(start: word.utf8Start, count: count)),
            unsafe offset + count < bytes.count, unsafe Self.isBlank(bytes[offset + count])
        else { return }
        for _ in 0..<count { advance() }
        skipBlanks()
    }

    private mutating func readName() -> Range<Int>? {
        if peek() == UInt8(ascii: "'") {
            guard let close = unsafe bytes[(offset + 1)...].firstIndex(of: UInt8(ascii: "'")), close > offset + 1 else {
                return nil
            }
            let name = (offset + 1)..<close
            while offset <= close { advance() }
            return name
        }
        let start = offset
        while let byte = peek(), !Self.isSpace(byte), byte != UInt8(ascii: "="), byte != UInt8(ascii: "#") { advance() }
        return start == offset ? nil : start..<offset
    }

    private mutating func readValue(_ assignment: inout Assignment) -> Bool {
        guard let first = peek(), first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") else {
            assignment.value = readUnquoted()
            return true
        }
        let before = (offset, line, lineStart)
        // Not read after the call: the optimizer of Swift 6.3 reads it before, since the loop ends in the same call.
        let start = offset + 1
        advance()
        while let byte = peek(), byte != first {
            if byte == UInt8(ascii: "\\") { advance() }
            advance()
        }
        guard peek() == first else {
            (offset, line, lineStart) = before
            return false
        }
        assignment.value = start..<offset
        assignment.quote = first
        advance()
        return true
    }

    /// Reads to the end of the line, without a comment that follows white space.
    private mutating func readUnquoted() -> Range<Int> {
        let start = offset
        skipToLineEnd()
        var end = offset
        // Only white space before the mark makes a comment, also at the start.
        for position in start..<end
        where position > start {
            guard unsafe bytes[position] == UInt8(ascii: "#"), unsafe Self.isSpace(bytes[position - 1]) else {
                continue
            }
            end = position
            break
        }
        while end > start, unsafe Self.isSpace(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    private func peek() -> UInt8? { unsafe offset < bytes.count ? bytes[offset] : nil }

    private mutating func advance() {
        guard unsafe offset < bytes.count else { return }
        let byte = unsafe bytes[offset]
        offset += 1
        if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") && peek() != UInt8(ascii: "\n") {
            line += 1
            lineStart = offset
        } else if byte == UInt8(ascii: "\r") {
            advance()
        }
    }

    private mutating func skipBlanks() { while let byte = peek(), Self.isBlank(byte) { advance() } }

    private mutating func skipToLineEnd() { while let byte = peek(), !Self.isLineEnd(byte) { advance() } }

    private mutating func skipLine() {
        skipToLineEnd()
        if peek() != nil { advance() }
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

    /// White space other than line ends.
    private static func isBlank(_ byte: UInt8) -> Bool { isSpace(byte) && !isLineEnd(byte) }

    /// The white space of Python's text in ASCII.
    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte) || (0x1C...0x1F).contains(byte)
    }
}
