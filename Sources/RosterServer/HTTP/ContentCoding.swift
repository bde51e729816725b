import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPCompression

/// `gzip`, for those who ask for it: RFC 9110, section 12.5.3.
enum ContentCoding {
    /// Shorter bodies are sent as they are.
    static let threshold = 1024

    /// Whether an `Accept-Encoding` field takes `gzip`.
    static func acceptsGzip(_ field: String?) -> Bool {
        guard let field else { return false }
        var wildcard = false
        for item in field.utf8.split(separator: UInt8(ascii: ",")) {
            let parts = item.split(separator: UInt8(ascii: ";"))
            let words = parts.map { part in
                String(decoding: part.filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self).lowercased()
            }
            guard let name = words.first else { continue }
            let quality = words.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if name == "gzip" || name == "x-gzip" { return quality > 0 }
            if name == "*" { wildcard = quality > 0 }
        }
        return wildcard
    }

    /// A response with its body compressed, and a tag of its own; nil when it cannot be.
    static func gzip(_ response: EncodedResponse, type: StaticString, fields: ResponseFields) -> EncodedResponse? {
        guard let body = compress(response.body) else { return nil }
        var fields = fields
        fields.add("Content-Encoding", "gzip")
        let tag =
            response.tag == nil
            ? nil
            : unsafe body.withUnsafeReadableBytes { bytes in
                unsafe EntityTag(of: Span(_unsafeElements: bytes.bindMemory(to: UInt8.self)))
            }
        return EncodedResponse(body.readableBytesView, type: type, fields: fields, tag: tag)
    }

    /// Compresses bytes with the pipeline's own compressor: the same bytes for the same body.
    private static func compress(_ body: ByteBufferView) -> ByteBuffer? {
        let channel = EmbeddedChannel()
        defer { _ = try? channel.finish() }
        do {
            try channel.pipeline.syncOperations.addHandler(HTTPResponseCompressor())
            let fields: HTTPHeaders = ["Accept-Encoding": "gzip"]
            try channel.writeInbound(
                HTTPServerRequestPart.head(HTTPRequestHead(version: .http1_1, method: .GET, uri: "/", headers: fields))
            )
            let head = HTTPResponseHead(version: .http1_1, status: .ok)
            try channel.writeOutbound(HTTPServerResponsePart.head(head))
            try channel.writeOutbound(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(body))))
            try channel.writeOutbound(HTTPServerResponsePart.end(nil))
            var compressed = ByteBuffer()
            while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
                if case .body(.byteBuffer(var piece)) = part { compressed.writeBuffer(&piece) }
            }
            return compressed
        } catch {
            return nil
        }
    }
}
