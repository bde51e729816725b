import NIOCore

/// Answers a request whose bytes were answered before with the response from before, without decoding it.
///
/// It precedes the decoders in the pipeline, which works the same without it: `roster serve --no-replay`.
final class ResponseReplayHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let eventLoop: EventLoopContext
    private let connection: HTTPConnectionHandler
    private let decoder: PlainRequestDecoder

    /// Creates a handler that precedes a decoder.
    init(eventLoop: EventLoopContext, connection: HTTPConnectionHandler, decoder: PlainRequestDecoder) {
        self.eventLoop = eventLoop
        self.connection = connection
        self.decoder = decoder
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        guard decoder.isBetweenRequests, bytes.readableBytes <= ResponseReplayCache.longestRequest else {
            return context.fireChannelRead(data)
        }
        let (hash, key) = (ResponseReplayCache.hash(of: bytes), eventLoop.cacheKey(at: eventLoop.seconds))
        if connection.isIdle, let entry = eventLoop.replayCache.entry(for: bytes, hash: hash, key) {
            return connection.replay(entry)
        }
        guard eventLoop.replayCache.noteRequest(hash: hash, key) else { return context.fireChannelRead(data) }
        connection.startRecording()
        context.fireChannelRead(data)
        guard let recording = connection.stopRecording(), decoder.hasReadOneRequest else { return }
        let line = eventLoop.logLine(for: recording.response, to: recording.request)
        let entry = ResponseReplayCache.Entry(bytes, recording.request, recording.response, line)
        eventLoop.replayCache.insert(entry, hash: hash, recording.key)
    }
}
