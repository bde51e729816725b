import SealedBoxes

/// Responses about the server itself.
enum TelemetryResponse {
    private static let fields = ResponseFields([
        "Cache-Control": "private, no-cache", "Vary": "Authorization, Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    ])

    /// Returns a line of plain text.
    static func text(_ text: String) -> EncodedResponse { encode(text, type: "text/plain; charset=utf-8") }

    /// Returns metrics in the format of Prometheus.
    static func metrics(_ text: String) -> EncodedResponse {
        encode(text, type: "text/plain; version=0.0.4; charset=utf-8")
    }

    /// Returns a JSON document.
    static func json(_ bytes: [UInt8]) -> EncodedResponse {
        EncodedResponse(bytes, type: "application/json", fields: fields, tag: EntityTag(of: bytes.span))
    }

    private static func encode(_ text: String, type: StaticString) -> EncodedResponse {
        let bytes = Array(text.utf8)
        return EncodedResponse(bytes, type: type, fields: fields, tag: EntityTag(of: bytes.span))
    }

    /// Returns a response, compressed when the client accepts that and the body is large.
    static func compressed(_ response: EncodedResponse, type: StaticString, for request: Request) -> EncodedResponse {
        guard response.bodyLength > ContentCoding.threshold,
            ContentCoding.acceptsGzip(request.fields.acceptEncoding)
        else { return response }
        return ContentCoding.gzip(response, type: type, fields: fields) ?? response
    }
}
