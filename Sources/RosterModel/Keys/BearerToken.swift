import RosterBytes

/// Finds `Bearer`, in any letter case, and the token after it (RFC 6750).
enum BearerToken {
    private static let word: StaticString = "bearer"
    private static let minimumLength = 16

    /// Returns the token after the word at an offset, without the word, or nil for a short one or a placeholder.
    static func match(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> KeyShapeScanner.Match? {
        var start = offset + word.utf8CodeUnitCount
        guard start + minimumLength < bytes.count else { return nil }
        for position in 0..<word.utf8CodeUnitCount
        where unsafe bytes[offset + position].asciiLowercased != word.utf8Start[position] {
            return nil
        }
        let wordEnd = start
        while unsafe start < bytes.count && (bytes[start] == 0x20 || bytes[start] == 0x09) { start += 1 }
        guard start > wordEnd else { return nil }
        var end = start
        while unsafe end < bytes.count && !isEnd(bytes[end]) { end += 1 }
        if unsafe KeyPlaceholder.contains(bytes[start..<end], for: .key) { return nil }
        // The end of a sentence or a collection is not part of the token.
        while unsafe end > start && ".,;:!?)]}".utf8.contains(bytes[end - 1]) { end -= 1 }
        guard end - start >= minimumLength, unsafe !KeyPlaceholder.contains(bytes[start..<end], for: .key) else {
            return nil
        }
        return KeyShapeScanner.Match(shape: .bearerToken, range: start..<end)
    }

    private static func isEnd(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
    }
}
