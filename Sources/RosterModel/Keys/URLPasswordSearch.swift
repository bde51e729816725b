import RosterBytes

/// Finds the user names and passwords of URLs.
///
/// A password belongs between `://` and the `@` before the host. One that was written without percent-encoding may
/// contain a `/`, `?` or `#`, at which the host ends for other parsers.
struct URLPasswordSearch {
    /// The end of the last searched word, so that each word is searched once even with many `://`.
    private var wordEnd = 0
    /// The last `@` of that word.
    private var lastAt: Int?

    /// Returns every user name with a password in a text, from first to last.
    static func matches(in bytes: UnsafeBufferPointer<UInt8>) -> [KeyShapeScanner.Match] {
        var search = URLPasswordSearch()
        var found: [KeyShapeScanner.Match] = []
        var offset = 0
        while offset < bytes.count {
            if unsafe bytes[offset] == UInt8(ascii: ":"),
                let (range, isPlaceholder) = unsafe search.userInformation(bytes, at: offset)
            {
                if !isPlaceholder { found.append(KeyShapeScanner.Match(shape: .urlPassword, range: range)) }
                offset = range.upperBound
            } else {
                offset += 1
            }
        }
        return found
    }

    /// Returns the user name and password of the URL whose `://` is at an offset, or nil without a password.
    ///
    /// Placeholders for a password are returned too.
    private mutating func userInformation(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at offset: Int
    ) -> (range: Range<Int>, isPlaceholder: Bool)? {
        guard unsafe offset > 0 && Self.isInScheme(bytes[offset - 1]), offset + 2 < bytes.count,
            unsafe bytes[offset + 1] == UInt8(ascii: "/") && bytes[offset + 2] == UInt8(ascii: "/")
        else { return nil }
        let start = offset + 3
        var end = start
        var password: Int?
        var at: Int?
        while end < bytes.count, unsafe !Self.isEnd(bytes, at: end) && !Self.endsAuthority(bytes[end]) {
            if unsafe bytes[end] == UInt8(ascii: "@") { at = end }
            if password == nil { password = unsafe Self.endOfColon(bytes, at: end) }
            end += 1
        }
        guard let password else { return nil }
        if at == nil {
            guard unsafe !Self.isPort(bytes[min(password, end)..<end]), unsafe bytes[start] != UInt8(ascii: "[") else {
                return nil
            }
            at = unsafe lastAt(bytes, from: end)
        }
        guard let at, password < at else { return nil }
        return unsafe (start..<at, KeyPlaceholder.contains(bytes[password..<at], for: .password))
    }

    /// Returns the position of the last `@` in the word at an offset.
    private mutating func lastAt(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> Int? {
        if offset >= wordEnd {
            (wordEnd, lastAt) = (offset, nil)
            while wordEnd < bytes.count, unsafe !Self.isEnd(bytes, at: wordEnd) {
                if unsafe bytes[wordEnd] == UInt8(ascii: "@") { lastAt = wordEnd }
                wordEnd += 1
            }
        }
        return lastAt.flatMap { $0 >= offset ? $0 : nil }
    }

    /// Returns the offset after a colon, which may be percent-encoded.
    private static func endOfColon(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int? {
        if unsafe bytes[offset] == UInt8(ascii: ":") { return offset + 1 }
        let isEncoded =
            unsafe bytes[offset] == UInt8(ascii: "%") && offset + 2 < bytes.count
            && bytes[offset + 1] == UInt8(ascii: "3") && bytes[offset + 2].asciiLowercased == UInt8(ascii: "a")
        return isEncoded ? offset + 3 : nil
    }

    private static func isPort(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        unsafe bytes.count <= 5 && bytes.allSatisfy(\.isASCIIDigit)
    }

    private static func isInScheme(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
            || byte == UInt8(ascii: "\\")
    }

    /// Returns a Boolean value that indicates whether a word ends at an offset, with a blank or a quote.
    ///
    /// An apostrophe inside a word does not end it.
    private static func isEnd(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        switch unsafe bytes[offset] {
        case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "`"): true
        case UInt8(ascii: "'"): unsafe offset + 1 == bytes.count || !bytes[offset + 1].isASCIILetterOrDigit
        default: false
        }
    }
}
