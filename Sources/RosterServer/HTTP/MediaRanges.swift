/// The media types that a client accepts: RFC 9110, section 12.5.1.
enum MediaRanges {
    /// Returns a Boolean value that indicates whether an `Accept` field names `text/html`, as that of a browser does that
    /// opens a link, and prefers it to JSON.
    static func prefersHTML(_ field: String?) -> Bool {
        guard let field else { return false }
        var (html, json) = (0.0, 0.0)
        for range in field.utf8.split(separator: UInt8(ascii: ",")) {
            let parts = range.split(separator: UInt8(ascii: ";")).map { part in
                String(decoding: part.filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self).lowercased()
            }
            guard let type = parts.first, ["text/html", "application/json"].contains(type) else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if type == "text/html" { html = max(html, quality) } else { json = max(json, quality) }
        }
        return html > json
    }
}
