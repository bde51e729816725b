import Testing

@testable import RosterServer

@Suite struct MessageLinesTests {
    private func lines(_ text: String, limit: Int, piece: Int) -> [MessageLines.Line] {
        var (reader, found): (MessageLines, [MessageLines.Line]) = (MessageLines(limit: limit), [])
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            found += reader.take(rest.prefix(piece))
            rest = rest.dropFirst(piece)
        }
        return found + (reader.finish().map { [$0] } ?? [])
    }

    private func message(_ text: String) -> MessageLines.Line { .message(Array(text.utf8)) }

    @Test(arguments: 1...9)
    func splitsPiecesOfAnySize(_ piece: Int) {
        #expect(lines("ab\n\ncd\r\nef", limit: 9, piece: piece) == ["ab", "", "cd\r", "ef"].map(message))
        #expect(lines("ab\n", limit: 9, piece: piece) == [message("ab")])
        #expect(lines("", limit: 9, piece: piece) == [])
    }

    @Test(arguments: 1...9)
    func dropsALineAboveTheLimitAndReadsTheNext(_ piece: Int) {
        #expect(lines("abc\nabcd\nabc\n", limit: 3, piece: piece) == [message("abc"), .tooLong, message("abc")])
        #expect(lines("a\nabcdefgh", limit: 3, piece: piece) == [message("a"), .tooLong])
    }
}
