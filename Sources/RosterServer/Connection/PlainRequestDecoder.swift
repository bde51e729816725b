import NIOCore

/// Decodes plain request heads in place, and passes every other byte to the decoder of swift-nio.
///
/// The decoder makes a string of every name and value, which takes longer than the response to most requests. A head is
/// decoded here only when the decoder holds no part of a request, so that both always agree on where a request starts.
final class PlainRequestDecoder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let connection: HTTPConnectionHandler
    private let timing: RequestTimingHandler
    private let limits: PlainRequestHead.Limits
    private let isEnabled: Bool
    /// A Boolean value that indicates whether the decoder holds no part of a request.
    private(set) var isBetweenRequests = true
    /// A Boolean value that indicates whether the last piece was exactly one plain head.
    private(set) var hasReadOneRequest = false
    private var hasPassedInput = false

    /// Creates a decoder that passes the requests it decodes to `connection`; one that is not enabled decodes none.
    init(
        for connection: HTTPConnectionHandler,
        timing: RequestTimingHandler,
        limits: ServerLimits,
        isEnabled: Bool = true
    ) {
        self.connection = connection
        self.timing = timing
        self.isEnabled = isEnabled
        self.limits = PlainRequestHead.Limits(
            headBytes: limits.headBytes,
            targetBytes: limits.headBytes / 2,
            fields: limits.headerFields
        )
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        hasReadOneRequest = false
        guard isBetweenRequests, isEnabled else { return pass(bytes, context) }
        let pieceLength = bytes.readableBytes
        while let head = bytes.withBytes({ PlainRequestHead($0, limits: limits) }) {
            hasReadOneRequest = head.length == pieceLength
            connection.receive(head, in: bytes)
            bytes.moveReaderIndex(forwardBy: head.length)
        }
        if bytes.readableBytes > 0 { pass(bytes, context) }
    }

    private func pass(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        hasPassedInput = true
        timing.willDecode(bytes)
        context.fireChannelRead(wrapInboundOut(bytes))
        // Where a head is expected, the empty line at the end completes it. After a head whose body is incomplete no head
        // is expected.
        isBetweenRequests =
            timing.isInHead && bytes.readableBytes <= limits.headBytes
            && bytes.withBytes { Self.endsWithFirstEmptyLine($0) }
        timing.didDecode(bytes, isComplete: isBetweenRequests)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // The decoder has nothing to complete, and it would take its time to notice.
        guard hasPassedInput else { return connection.completeRead() }
        hasPassedInput = false
        context.fireChannelReadComplete()
    }

    /// Returns a Boolean value that indicates whether bytes end with the first empty line among them.
    static func endsWithFirstEmptyLine(_ bytes: Span<UInt8>) -> Bool {
        var position = 0
        while position + 2 < bytes.count {
            if bytes[position] == UInt8(ascii: "\n"), bytes[position + 1] == UInt8(ascii: "\r"),
                bytes[position + 2] == UInt8(ascii: "\n")
            {
                return position + 3 == bytes.count
            }
            position += 1
        }
        return false
    }
}
