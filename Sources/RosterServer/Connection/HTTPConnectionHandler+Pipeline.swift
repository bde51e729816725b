import NIOCore
import NIOHTTP1

extension HTTPConnectionHandler {
    /// Adds the handlers of a connection to the pipeline of its channel, and returns the last of them.
    ///
    /// A piece of input passes the measurement of times, the replay cache (without it, the rest works the same), the decoder
    /// of plain heads, and the decoder of swift-nio, until one of them has a request for the last handler.
    @discardableResult
    static func addPipeline(
        to channel: any Channel,
        _ eventLoop: EventLoopContext,
        replaysResponses: Bool,
        decodesPlainHeads: Bool = true
    ) throws -> HTTPConnectionHandler {
        let limits = eventLoop.limits
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = limits.headBytes
        decoding.maxHeaderListSize = limits.headBytes
        decoding.maxHeaderFieldCount = limits.headerFields
        let timing = RequestTimingHandler(headLimit: limits.headBytes)
        let connection = HTTPConnectionHandler(eventLoop: eventLoop, timing: timing)
        let decoder = PlainRequestDecoder(
            for: connection,
            timing: timing,
            limits: limits,
            isEnabled: decodesPlainHeads
        )
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(timing)
        if replaysResponses {
            try pipeline.addHandler(
                ResponseReplayHandler(eventLoop: eventLoop, connection: connection, decoder: decoder)
            )
        }
        try pipeline.addHandler(decoder)
        try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: decoding)))
        try pipeline.addHandler(connection)
        return connection
    }
}
