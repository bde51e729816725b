@testable import RosterBytes
import Testing

@Suite("Bytes of text")
struct TextTests {
    @Test("Classifies every byte as the standard library classifies the character", arguments: UInt8.min...UInt8.max)
    func classifiesEveryByte(_ byte: UInt8) {
        let character = Character(Unicode.Scalar(byte))
        let isLetter = byte < 0x80 && character.isLetter
        let isDigit = byte < 0x80 && character.isNumber
        #expect(byte.isASCIILetter == isLetter)
        #expect(byte.isASCIIDigit == isDigit)
        #expect(byte.isASCIILetterOrDigit == (isLetter || isDigit))
        #expect(byte.isASCIILowercaseLetterOrDigit == (isLetter && character.isLowercase || isDigit))
        #expect(byte.isHexDigit == character.isHexDigit)
        #expect(byte.isLowercaseHexDigit == (character.isHexDigit && !character.isUppercase))
        #expect(byte.hexDigitValue.map { Int($0) } == character.hexDigitValue)
        let lowercased = byte < 0x80 ? character.lowercased().utf8.first ?? 0 : byte
        #expect(byte.asciiLowercased == lowercased)
        #expect(byte.isPlainText == (byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x09))
        for position in 0..<8 {
            let word =
                UInt64(0x6161_6161_6161_6161) & ~(0xFF << UInt64(8 * position)) | UInt64(byte) << UInt64(8 * position)
            #expect(word.holdsASCIILettersAndDigits == byte.isASCIILetterOrDigit)
        }
    }

    @Test("Finds the first byte that is not plain text at every offset and length")
    func findsEndOfPlainText() {
        for count in [0, 1, 15, 16, 17, 31, 32, 33, 50] {
            let plain = [UInt8](repeating: UInt8(ascii: "a"), count: count)
            plain.withUnsafeBufferPointer { #expect($0.endOfPlainText(from: 0) == count) }
            for position in 0..<count {
                for byte in [0x00, 0x08, 0x0B, 0x1F, 0x7F, 0x80, 0xFF] as [UInt8] {
                    var bytes = plain
                    bytes[position] = byte
                    bytes.withUnsafeBufferPointer { bytes in
                        #expect(bytes.endOfPlainText(from: 0) == position)
                        #expect(bytes.endOfPlainText(from: position) == position)
                        #expect(bytes.endOfPlainText(from: position + 1) == count)
                    }
                }
            }
        }
    }

    @Test("Compares texts by their bytes, not by canonical equivalence")
    func comparesBytes() {
        let (composed, decomposed) = ("\u{E9}", "e\u{301}")
        #expect(composed == decomposed)
        #expect(!composed.equalsInBytes(decomposed) && composed.equalsInBytes("\u{E9}"))
        #expect(decomposed.precedesInBytes(composed) && !composed.precedesInBytes(decomposed))
        let texts = ["", "a", "aa", "b", "\u{FFFF}", "\u{10000}"]
        for (index, one) in texts.enumerated() {
            for (otherIndex, other) in texts.enumerated() {
                #expect(one.precedesInBytes(other) == (index < otherIndex))
            }
        }
    }

    @Test("Skips the white space of JSON, and no other")
    func skipsBlanksOfJSON() {
        let bytes = Array(" \t\r\n\u{B}:".utf8)
        #expect(bytes.endOfJSONBlanks(from: 0) == 4 && bytes.endOfJSONBlanks(from: 4) == 4)
        #expect(bytes.endOfJSONBlanks(from: bytes.count) == bytes.count)
        var position = 0
        #expect(!bytes.takeJSON(":", at: &position) && position == 4)
        position = 5
        #expect(bytes.takeJSON(":", at: &position) && position == 6)
        #expect(!bytes.takeJSON(":", at: &position) && position == 6)
    }

    @Test("Compares a static text with the start, the end and all of a text")
    func comparesStaticTexts() {
        let name: StaticString = "abc"
        for (text, isPrefix, isSuffix) in [
            ("abc", true, true), ("abcd", true, false), ("xabc", false, true), ("ab", false, false), ("", false, false),
            ("abd", false, false),
        ] {
            Array(text.utf8).withUnsafeBufferPointer { bytes in
                #expect(name.isPrefix(of: bytes) == isPrefix)
                #expect(name.equals(bytes) == (isPrefix && isSuffix))
            }
            #expect(name.isSuffix(of: text) == isSuffix)
            #expect(name.equals(text) == (text == "abc"))
        }
    }

    @Test(
        "Escapes characters that are invisible or move text",
        arguments: [
            ("plain é🚀", "plain é🚀"), ("a\u{0}b", "a\\u{0}b"), ("\u{1B}[1m", "\\u{1b}[1m"), ("\u{7F}", "\\u{7f}"),
            ("\u{202E}x", "\\u{202e}x"), ("\u{200B}", "\\u{200b}"), ("\u{2028}", "\\u{2028}"),
            ("\u{E000}", "\\u{e000}"),
            ("\u{2800}", "\\u{2800}"),
        ]
    )
    func escapesUnprintable(text: String, escaped: String) {
        #expect(PrintableText.escape(text) == escaped)
        #expect(PrintableText.escape(escaped) == escaped)
    }

    @Test(
        "Breaks the commands of CI hosts",
        arguments: [("::error::x", "\\::error::x"), (" ::x", " \\::x"), ("a::x", "a::x"), ("##[group]", "#\\#[group]")]
    )
    func breaksCommands(text: String, broken: String) {
        #expect(PrintableText.escape(text, breakingCommands: true) == broken)
        #expect(PrintableText.escape(text) == text)
    }
}
