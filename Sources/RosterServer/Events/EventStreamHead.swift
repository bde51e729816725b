import NIOCore

/// The head of an event stream: `GET /api/v1/events`.
enum EventStreamHead {
    /// Returns the head; a client of HTTP/1.0 reads a stream until the connection ends.
    static func encoded(isChunked: Bool) -> EncodedResponse { isChunked ? chunked : untilClose }

    private static let chunked = encode(ResponseFields(["Transfer-Encoding": "chunked"]))
    private static let untilClose = encode(ResponseFields([:]))

    /// No field depends on the snapshot: its digest and commit also change with what the caller may not see.
    private static func encode(_ framing: ResponseFields) -> EncodedResponse {
        let fields = ResponseFields([
            "Cache-Control": "private, no-cache, no-store, no-transform", "X-Accel-Buffering": "no",
            "X-Content-Type-Options": "nosniff", "Content-Type": "text/event-stream",
        ])
        let bytes = ByteBuffer(bytes: fields.bytes + framing.bytes + Array("\r\n".utf8))
        return EncodedResponse(
            fields: ByteBuffer(),
            bytes: bytes,
            commonLength: bytes.readableBytes,
            headLength: bytes.readableBytes,
            tag: nil
        )
    }
}
