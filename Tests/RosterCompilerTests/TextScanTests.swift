import Testing

@testable import RosterCompiler

@Suite("The scan of a file's bytes")
struct TextScanTests {
    @Test("A character that is no plain text is found wherever it stands", arguments: 0..<70)
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

    @Test("What is hidden behind plain text is found, and what is behind that", arguments: [0, 1, 15, 16, 17, 40])
    func hidden(behind count: Int) {
        let text = String(repeating: "a", count: count)
        let scan = TextScan(Array("\(text)\u{200B}\(text)\u{202E}\(text)".utf8))
        #expect(scan.problems.count == 2)
    }
}
