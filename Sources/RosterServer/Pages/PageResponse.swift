import RosterPages

/// Responses with pages for people and with the files that these load.
enum PageResponse {
    /// The header fields of every page.
    static let fields = fields(caching: "private, no-cache")

    private static func fields(caching: String) -> ResponseFields {
        ResponseFields([
            "Content-Security-Policy": ContentSecurityPolicy.value, "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
            "Cache-Control": caching, "Vary": "Cookie, Authorization, Accept-Encoding",
        ])
    }

    private static let type: StaticString = "text/html; charset=utf-8"

    private static let fieldsOfSessions = fields(caching: "private, no-store")

    /// Returns a page.
    ///
    /// A browser does not store a page of a session (`isStored` is false). It would show a stored one after the sign-out, when
    /// the person goes back: a page that is left enters the cache for that only after `Clear-Site-Data` has emptied it.
    static func page(_ html: HTML, isGzip: Bool, isStored: Bool = true) -> EncodedResponse {
        let fields = isStored ? fields : fieldsOfSessions
        let tag = isStored ? EntityTag(of: html.bytes.span) : nil
        let plain = EncodedResponse(html.bytes, type: type, fields: fields, tag: tag)
        return ContentCoding.encoded(plain, type: type, fields: fields, isGzip: isGzip)
    }

    /// Returns a page that no cache stores, with more header fields.
    static func uncached(_ html: HTML, _ more: [(name: StaticString, value: String)]) -> EncodedResponse {
        var fields = fields(caching: "no-store")
        for (name, value) in more { fields.add(name, value) }
        return EncodedResponse(html.bytes, type: type, fields: fields, tag: nil)
    }

    /// Returns the file of a path; nil when there is none, as of an earlier version of the program.
    static func asset(_ path: String, isGzip: Bool) -> EncodedResponse? {
        assets[path].map { isGzip ? $0.compressed : $0.plain }
    }

    private static let assets: [String: (plain: EncodedResponse, compressed: EncodedResponse)] = Dictionary(
        Asset.all.map { asset in
            let fields = ResponseFields([
                "X-Content-Type-Options": "nosniff", "Cache-Control": "public, max-age=31536000, immutable",
                "Vary": "Accept-Encoding",
            ])
            let plain = EncodedResponse(
                asset.bytes,
                type: asset.type,
                fields: fields,
                tag: EntityTag(of: asset.bytes.span)
            )
            let compressed = ContentCoding.encoded(plain, type: asset.type, fields: fields, isGzip: true)
            return (asset.path, (plain, compressed))
        }
    ) { first, _ in first }
}
