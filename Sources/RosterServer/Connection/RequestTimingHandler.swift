import Glibc
import NIOCore
import RosterBytes

/// Measures the input of a connection: its times, for the deadlines, and the head that the decoder is reading, for the
/// response to a head that it rejects.
///
/// It is the first handler of the pipeline, and discards all input once the connection accepts no more.
final class RequestTimingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// A Boolean value that indicates whether the decoder reads a head, and not a body.
    private(set) var isInHead = true
    /// The time of the first byte of the head; nil before it.
    private(set) var headStart: NIODeadline?
    /// The time of the last byte of any kind.
    private(set) var lastByte = NIODeadline.now()
    /// The number of bytes of the request line that the decoder has read.
    private(set) var lineLength = 0
    private var hasRequestLine = false
    /// The piece that the decoder is reading.
    private var piece: ByteBuffer?
    /// The bytes of the head before the piece: usually none, and never more than the limit of a head.
    private var earlierPieces: [UInt8] = []
    /// A Boolean value that indicates whether the head has bytes that ``earlierPieces`` lacks.
    private var isHeadTruncated = false
    private var discardsInput = false
    private let headLimit: Int

    /// Creates a handler for heads of at most `headLimit` bytes.
    init(headLimit: Int) { self.headLimit = headLimit }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // After a request to upgrade, the decoder would buffer as much as the client cares to send.
        guard !discardsInput else { return }
        lastByte = .now()
        context.fireChannelRead(data)
    }

    /// Discards all further input.
    func discardInput() {
        discardsInput = true
        earlierPieces = []
    }

    // MARK: The decoder's head

    /// Notes that the decoder is about to read a piece.
    func willDecode(_ bytes: ByteBuffer) {
        if isInHead {
            if headStart == nil { headStart = lastByte }
            if !hasRequestLine { measureLine(bytes) }
        }
        piece = bytes
    }

    /// Notes that the decoder has read a piece; `isComplete` when no part of a request is left in it.
    func didDecode(_ bytes: ByteBuffer, isComplete: Bool) {
        piece = nil
        guard isInHead, !isComplete, !discardsInput, !isHeadTruncated else { return }
        // The decoder does not count empty lines preceding a request, so a client can send any number of them.
        guard earlierPieces.count + bytes.readableBytes <= headLimit else {
            isHeadTruncated = true
            earlierPieces = []
            return
        }
        earlierPieces += bytes.readableBytesView
    }

    /// Notes that a head is complete, and its body follows.
    func endHead() {
        earlierPieces.removeAll()
        isHeadTruncated = false
        isInHead = false
        headStart = nil
    }

    /// Notes that a request is complete, and another may follow.
    func endRequest() {
        isInHead = true
        headStart = nil
        lineLength = 0
        hasRequestLine = false
    }

    private func measureLine(_ bytes: ByteBuffer) {
        unsafe bytes.withUnsafeReadableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            let end = unsafe memchr(start, Int32(UInt8(ascii: "\n")), bytes.count)
            hasRequestLine = unsafe end != nil
            lineLength += unsafe end.map { unsafe UnsafeRawPointer($0) - start } ?? bytes.count
        }
    }

    /// A Boolean value that indicates whether the head that the decoder rejects has a `Transfer-Encoding` field, and
    /// nothing else that explains the rejection.
    ///
    /// The decoder has one error for a coding after `chunked` and for a line that does not end in CR and LF.
    var rejectsTransferCoding: Bool {
        guard isInHead, !isHeadTruncated, let piece else { return false }
        let lines = (earlierPieces + piece.readableBytesView)
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let names = lines.map { $0.prefix { $0 != UInt8(ascii: ":") }.map(\.asciiLowercased) }
        return lines.dropLast().allSatisfy { $0.last == UInt8(ascii: "\r") }
            && names.contains(Array("transfer-encoding".utf8)) && !names.contains(Array("content-length".utf8))
    }
}
