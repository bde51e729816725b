import Glibc
import NIOCore
import RosterBytes
import RosterModel

/// Stands in front of the decoder: notes what it does not tell of a request that comes in, and has a request answered
/// without it whose very bytes were answered before.
final class RequestTimingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Who answers; nil before it is in the pipeline, and after.
    weak var handler: HTTPConnectionHandler?
    /// Whether the bytes that come belong to a head.
    private(set) var isInHead = true
    /// When the first byte of the head came; nil before it.
    private(set) var headStart: NIODeadline?
    private(set) var lastByte = NIODeadline.now()
    /// How many bytes of the request line came so far.
    private(set) var lineLength = 0
    private var hasRequestLine = false
    /// Whether the decoder holds nothing of a request that is not complete.
    private var isDecoderEmpty = true
    /// Whether something went to the decoder that was not told to be complete yet.
    private var hasPassedOn = false
    /// The piece that the decoder is reading.
    private var piece: ByteBuffer?
    /// The bytes of a head that came before it: none as a rule, and never more than a head may have.
    private var earlierPieces: [UInt8] = []
    /// Whether a head has pieces that ``earlierPieces`` does not hold.
    private var isHeadCut = false
    /// Whether everything that comes is dropped.
    private var dropsInput = false
    private let mostHeadBytes: Int

    /// Creates a handler for heads of at most `mostHeadBytes` bytes.
    init(mostHeadBytes: Int) { self.mostHeadBytes = mostHeadBytes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // The decoder would hold what follows a request to upgrade, and the client decides how much that is.
        guard !dropsInput else { return }
        lastByte = .now()
        let bytes = unwrapInboundIn(data)
        if isDecoderEmpty, let handler, handler.answerAgain(bytes, since: lastByte) { return }
        if isInHead {
            if headStart == nil { headStart = lastByte }
            if !hasRequestLine { measureLine(bytes) }
        }
        hasPassedOn = true
        let wasEmpty = isDecoderEmpty
        piece = bytes
        context.fireChannelRead(data)
        piece = nil
        // Where a head is expected, an empty line at the end leaves nothing of one; behind a head whose body is still to
        // come none is expected, whatever ended before it.
        isDecoderEmpty = isInHead && ResponseReplayCache.isOneHead(bytes)
        if isInHead, !isDecoderEmpty { keepPiece(bytes) }
        if isDecoderEmpty, wasEmpty { handler?.remember(bytes) } else { handler?.forgetAnswer() }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if hasPassedOn {
            hasPassedOn = false
            context.fireChannelReadComplete()
        } else {
            handler?.flush()
        }
    }

    /// Keeps a piece of a head that is not complete.
    ///
    /// The decoder counts no empty line in front of a request, so a client can send them without end.
    private func keepPiece(_ bytes: ByteBuffer) {
        guard !dropsInput, !isHeadCut else { return }
        guard earlierPieces.count + bytes.readableBytes <= mostHeadBytes else {
            isHeadCut = true
            earlierPieces = []
            return
        }
        earlierPieces += bytes.readableBytesView
    }

    private func measureLine(_ bytes: ByteBuffer) {
        unsafe bytes.withUnsafeReadableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            let end = unsafe memchr(start, Int32(UInt8(ascii: "\n")), bytes.count)
            hasRequestLine = unsafe end != nil
            lineLength += unsafe end.map { unsafe UnsafeRawPointer($0) - start } ?? bytes.count
        }
    }

    /// Whether the head that the decoder refuses has a `Transfer-Encoding`, and nothing else that explains it.
    ///
    /// The decoder reports a coding after `chunked` by the same error as a line that does not end in CR and LF.
    var refusesTransferCoding: Bool {
        guard isInHead, !isHeadCut, let piece else { return false }
        let lines = (earlierPieces + piece.readableBytesView)
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let names = lines.map { $0.prefix { $0 != UInt8(ascii: ":") }.map(\.asciiLowercased) }
        return lines.dropLast().allSatisfy { $0.last == UInt8(ascii: "\r") }
            && names.contains(Array("transfer-encoding".utf8)) && !names.contains(Array("content-length".utf8))
    }

    /// Notes that a head is complete, and its body follows.
    func endHead() {
        earlierPieces.removeAll()
        isHeadCut = false
        isInHead = false
        headStart = nil
    }

    /// Drops everything that comes from now on, since no answer to it will be sent.
    func dropInput() {
        dropsInput = true
        earlierPieces = []
    }

    /// Notes that a request is complete, and the next may follow.
    func endRequest() {
        isInHead = true
        headStart = nil
        lineLength = 0
        hasRequestLine = false
    }
}
