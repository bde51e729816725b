import NIOCore

/// The content coding `gzip`, for clients that accept it: RFC 9110, section 12.5.3.
enum ContentCoding {
    /// The number of bytes of a body that is not worth compressing.
    static let threshold = 1024

    /// Returns a Boolean value that indicates whether an `Accept-Encoding` field accepts `gzip`.
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

    /// Returns a response as it is sent to a client that accepts `gzip`, or does not.
    static func encoded(
        _ plain: EncodedResponse,
        type: StaticString,
        fields: ResponseFields,
        isGzip: Bool
    ) -> EncodedResponse {
        guard isGzip, plain.bodyLength > threshold else { return plain }
        return gzip(plain, type: type, fields: fields) ?? plain
    }

    /// Returns a response with its body compressed and another entity tag; nil when it cannot be compressed.
    static func gzip(_ response: EncodedResponse, type: StaticString, fields: ResponseFields) -> EncodedResponse? {
        let compressed = unsafe response.body.withUnsafeBytes { bytes in
            unsafe GzipEncoding.compress(Span(_unsafeElements: bytes.bindMemory(to: UInt8.self)))
        }
        guard let body = compressed else { return nil }
        var fields = fields
        fields.add("Content-Encoding", "gzip")
        return EncodedResponse(
            body,
            type: type,
            fields: fields,
            tag: response.tag.map { _ in EntityTag(of: body.span) }
        )
    }
}
