import Glibc

/// A place in a file's bytes, and the line that it is in.
@safe
struct LineCursor: ~Copyable {
    let start: UnsafePointer<UInt8>
    let end: Int
    var offset = 0
    private var lineStart = 0

    /// Starts at the first byte; `start` must outlive the cursor.
    init(start: UnsafePointer<UInt8>, end: Int) {
        unsafe self.start = start
        self.end = end
    }

    /// From 0, in bytes.
    var column: Int { offset - lineStart }

    /// The byte at the cursor; LF at the end.
    var byte: UInt8 { self[offset] }

    var next: UInt8 { self[offset + 1] }

    subscript(_ offset: Int) -> UInt8 { unsafe offset < end ? start[offset] : UInt8(ascii: "\n") }

    /// Goes to the first byte of the next line that holds more than blanks and a comment; false at the end.
    mutating func skipToContent() -> Bool {
        while offset < end {
            lineStart = offset
            skipBlanks()
            guard offset < end else { return false }
            let byte = byte
            if byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "#") { return true }
            skipLine()
        }
        return false
    }

    /// Moves past the line's end.
    mutating func skipLine() {
        guard offset < end else { return }
        let rest = unsafe memchr(start + offset, Int32(UInt8(ascii: "\n")), end - offset)
        offset = unsafe rest.map { unsafe UnsafeRawPointer($0) - UnsafeRawPointer(start) + 1 } ?? end
    }

    mutating func skipBlanks() {
        while unsafe offset < end && start[offset] == UInt8(ascii: " ") { offset += 1 }
    }

    mutating func advance(_ count: Int) { offset += count }

    /// Moves past a key and its colon.
    mutating func movePast(_ key: ByteSpan) { offset = Int(key.end) + 1 }

    /// Returns whether only a comment follows in the line; the cursor is after a blank.
    var isAtEndOfLine: Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "#") }

    /// Returns the plain key at the cursor, which a colon and a blank or the line's end follow.
    func key(atMost limit: Int) -> ByteSpan? {
        guard byte.isLetter else { return nil }
        var end = offset + 1
        while unsafe end < self.end && start[end].isWordByte { end += 1 }
        guard end - offset <= limit, self[end] == UInt8(ascii: ":") else { return nil }
        let following = self[end + 1]
        guard following == UInt8(ascii: " ") || following == UInt8(ascii: "\n") else { return nil }
        return ByteSpan(offset..<end)
    }

    /// Returns whether a word is text, and not `null` or `true`.
    func isText(_ word: ByteSpan) -> Bool {
        guard word.length == 4 || word.length == 5 else { return true }
        return unsafe PlainScalar(UnsafeBufferPointer(start: start + Int(word.start), count: word.length)) == .text
    }
}
