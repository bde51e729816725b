import RosterJSON

extension Snapshot {
    /// Returns the cached response of a key, or one with the JSON that a closure writes.
    func response(
        _ key: ResponseCache.Key,
        isGzip: Bool,
        write: (inout JSONWriter) -> Void
    ) -> EncodedResponse {
        cache.response(key) {
            var json = JSONWriter(.compact)
            write(&json)
            let (body, type): ([UInt8], StaticString) = (json.bytes, "application/json")
            let plain = EncodedResponse(body, type: type, fields: fields, tag: EntityTag(of: body.span))
            return ContentCoding.encoded(plain, type: type, fields: fields, isGzip: isGzip)
        }
    }
}
