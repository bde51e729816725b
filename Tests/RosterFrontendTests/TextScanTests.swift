import Testing
import YAMLSyntax

@testable import RosterFrontend

@Suite("The scan of a file's bytes")
struct TextScanTests {
    @Test("A character that is not plain text is found at every position", arguments: 0..<70)
    func position(_ position: Int) {
        var bytes = Array(repeating: UInt8(ascii: "a"), count: 70)
        #expect(TextScan(bytes).isASCII)
        for (byte, isRefused) in [(0x7F, true), (0x00, true), (0x1F, true), (0x80, true), (0x09, false), (0x0A, false)]
        {
            bytes[position] = UInt8(byte)
            let scan = TextScan(bytes)
            #expect(scan.isASCII == !isRefused)
            #expect(scan.problems.isEmpty == !isRefused)
        }
        let letter = TextScan(Array(bytes[..<position]) + "é".utf8 + bytes[position...])
        #expect(!letter.isASCII && letter.problems.isEmpty)
    }

    @Test("A byte-order mark is found in front alone, and elsewhere it is a hidden character")
    func byteOrderMark() {
        for text in ["\u{FEFF}", "\u{FEFF}a", "\u{FEFF}" + String(repeating: "a", count: 40)] {
            guard case .byteOrderMark(let span)? = TextScan(Array(text.utf8)).problems.first else {
                Issue.record("\(text.debugDescription)")
                continue
            }
            #expect(span.range == 0..<3)
        }
        guard case .hidden("\u{FEFF}", _)? = TextScan(Array("a\u{FEFF}".utf8)).problems.first else {
            Issue.record("behind a letter")
            return
        }
    }

    @Test(
        "What asks for a coloured form may stand behind an emoji, and behind nothing else",
        arguments: [0, 15, 16, 40]
    )
    func colouredForms(after count: Int) {
        let text = String(repeating: "a", count: count)
        for (before, isAllowed) in [("1", true), ("❤", true), ("a", false)] {
            let scan = TextScan(Array("\(text)\(before)\u{FE0F}\(text)".utf8))
            #expect(scan.problems.isEmpty == isAllowed, "\(before)")
        }
    }

    @Test("A file of hidden characters is reported twenty times")
    func limit() {
        #expect(TextScan(Array(repeating: 1, count: 100)).problems.count == 20)
        // One message is enough for bytes that no text has.
        #expect(TextScan(Array(repeating: 0, count: 100)).problems.count == 1)
    }

    @Test("Hidden characters after plain text are found, and those after them", arguments: [0, 1, 15, 16, 17, 40])
    func hidden(after count: Int) {
        let text = String(repeating: "a", count: count)
        let scan = TextScan(Array("\(text)\u{200B}\(text)\u{202E}\(text)".utf8))
        #expect(scan.problems.count == 2)
    }
}
