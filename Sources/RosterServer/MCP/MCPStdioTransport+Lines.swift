extension MCPStdioTransport {
    /// Responds to lines until the stream ends.
    ///
    /// `read` returns the next piece of the stream, empty at its end; `write` receives a response with its line end.
    package mutating func run(
        read: () throws -> [UInt8],
        write: (_ line: [UInt8]) throws -> Void
    ) async throws {
        var lines = MessageLines(limit: Self.lineLimit)
        while true {
            let piece = try read()
            let ready = piece.isEmpty ? lines.finish().map { [$0] } ?? [] : lines.take(piece)
            for line in ready {
                switch line {
                case .message(let bytes):
                    if let answer = await answer(to: bytes) { try write(answer + [UInt8(ascii: "\n")]) }
                case .tooLong: try write(Self.answerToTooLong + [UInt8(ascii: "\n")])
                }
            }
            if piece.isEmpty { return }
        }
    }
}
