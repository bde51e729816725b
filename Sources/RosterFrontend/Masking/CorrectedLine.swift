import YAMLSyntax

/// A line of a file that could not be read, to show how it is written correctly.
struct CorrectedLine {
    /// A longer line is not repeated in a message.
    private static let limit = 120

    private let bytes: [UInt8]
    /// A Boolean value that indicates whether a message may repeat the line: it is short and has no key in it.
    private let isShown: Bool
    /// The line without blanks at its ends.
    let range: Range<Int>

    /// Takes the line that an offset of a file is in.
    init(at offset: Int, of bytes: [UInt8], hiding mask: KeyMask) {
        self.bytes = bytes
        let offset = min(offset, bytes.count)
        var start = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        var end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        while start < end, Self.isBlank(bytes[start]) { start += 1 }
        while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
        range = start..<end
        let hidden = mask.spans(endingAfter: start).first
        isShown = end - start <= Self.limit && hidden.map { Int($0.start) >= end } != false
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    /// The number of the line, from 1.
    var number: Int { Self.number(ofLineAt: range.lowerBound, in: bytes) }

    /// Returns the number of the line that an offset is in, from 1.
    static func number(ofLineAt offset: Int, in bytes: [UInt8]) -> Int {
        bytes[..<offset].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    }

    /// The text of the line; nil when it must not be repeated.
    var text: String? { isShown ? text(range) : nil }

    /// The key that the comment in the line above would be without its `#`, such as `config:`.
    var commentedKey: String? {
        guard let end = bytes[..<range.lowerBound].lastIndex(of: UInt8(ascii: "\n")) else { return nil }
        let start = bytes[..<end].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let words = bytes[start..<end].split { Self.isBlank($0) || $0 == UInt8(ascii: "#") }
        guard bytes[start] == UInt8(ascii: "#"), words.count == 1, words[0].last == UInt8(ascii: ":") else {
            return nil
        }
        return String(decoding: words[0], as: UTF8.self)
    }

    /// Returns the text of a part of the file.
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Returns the line with another text in place of a part of it; nil when it must not be repeated.
    func replacing(_ part: Range<Int>, with text: String) -> String? {
        guard isShown, range.lowerBound <= part.lowerBound, part.upperBound <= range.upperBound else {
            return nil
        }
        return self.text(range.lowerBound..<part.lowerBound) + text + self.text(part.upperBound..<range.upperBound)
    }

    /// Returns the line with a value in quotes.
    func quoting(_ value: ByteSpan) -> String? {
        replacing(value.range, with: Self.inQuotes(text(value.range)))
    }

    /// Returns the line with all that follows an offset in quotes.
    func quotingRest(from start: Int) -> String {
        let rest = min(start, range.upperBound)..<range.upperBound
        return replacing(rest, with: Self.inQuotes(text(rest))) ?? "\"…\""
    }

    /// Returns the line indented by spaces.
    func indented(by spaces: Int) -> String? {
        spaces > Self.limit ? nil : text.map { String(repeating: " ", count: spaces) + $0 }
    }

    /// Returns a text as a value in quotes.
    static func inQuotes(_ text: String) -> String {
        var inner = text[...]
        if text.unicodeScalars.count > 1, let first = text.first, let last = text.last, "“„«".contains(first),
            "”“»".contains(last)
        {
            inner = inner.dropFirst().dropLast()
        }
        return PlainText.quoted(String(inner), single: inner.contains { $0 == "\"" || $0 == "\\" })
    }
}
