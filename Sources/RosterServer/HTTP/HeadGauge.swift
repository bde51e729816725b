import Glibc
import NIOCore

/// Stands in front of the decoder and notes what it does not tell: when a request begins, and how far its first line came.
final class HeadGauge: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Whether the bytes that come belong to a head.
    private(set) var isInHead = true
    /// When the first byte of the head came; nil before it.
    private(set) var headStart: NIODeadline?
    private(set) var lastByte = NIODeadline.now()
    /// How many bytes of the request line came so far.
    private(set) var lineLength = 0
    private var hasRequestLine = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastByte = .now()
        if isInHead {
            if headStart == nil { headStart = lastByte }
            if !hasRequestLine {
                unsafe unwrapInboundIn(data).withUnsafeReadableBytes { bytes in
                    guard let start = bytes.baseAddress else { return }
                    let end = unsafe memchr(start, Int32(UInt8(ascii: "\n")), bytes.count)
                    hasRequestLine = unsafe end != nil
                    lineLength += unsafe end.map { unsafe UnsafeRawPointer($0) - start } ?? bytes.count
                }
            }
        }
        context.fireChannelRead(data)
    }

    /// Notes that a head is complete, and its body follows.
    func endHead() {
        isInHead = false
        headStart = nil
    }

    /// Notes that a request is complete, and the next may follow.
    func endRequest() {
        isInHead = true
        headStart = nil
        lineLength = 0
        hasRequestLine = false
    }
}
