import NIOCore
import RosterModel

/// `GET /api/v1/ai-providers`: the records that a caller may list.
enum ProviderList {
    /// Returns the response to a query, as it was sent.
    static func response(
        _ query: Substring?,
        for view: AccessView,
        isGzip: Bool,
        from snapshot: Snapshot
    ) throws(Problem) -> EncodedResponse {
        var query = try ListQuery(query)
        if !query.hasFilter { query.clampOffset(total: view.listed?.count ?? snapshot.registry.providers.count) }
        return snapshot.cache.response(.list(query, view: view.number, isGzip: isGzip)) {
            let (plain, fields) = encode(query, for: view, from: snapshot)
            guard isGzip, plain.bodyLength > ContentCoding.threshold else { return plain }
            return ContentCoding.gzip(plain, type: "application/json", fields: fields) ?? plain
        }
    }

    /// Returns the positions of the records that match a query and that a view shows, before limit and offset.
    static func positions(_ query: ListQuery, for view: AccessView, in registry: Registry) -> [Int] {
        let visible = view.listed.map { $0.map(Int.init) } ?? Array(registry.providers.indices)
        return query.hasFilter ? visible.filter { query.matches(registry.providers[$0]) } : visible
    }

    /// Returns the array of a query without its limits, for callers other than REST.
    static func body(_ query: ListQuery, for view: AccessView, from snapshot: Snapshot) -> ByteBufferView {
        body(of: positions(query, for: view, in: snapshot.registry)[...], in: snapshot.records).readableBytesView
    }

    private static func body(of positions: ArraySlice<Int>, in records: EncodedRecords) -> ByteBuffer {
        var body = ByteBuffer()
        body.reserveCapacity(positions.reduce(2) { $0 + records.bodyLength(at: $1) + 1 })
        body.writeStaticString("[")
        for (index, position) in positions.enumerated() {
            if index > 0 { body.writeStaticString(",") }
            body.writeBytes(records.body(at: position))
        }
        body.writeStaticString("]")
        return body
    }

    private static func encode(
        _ query: ListQuery,
        for view: AccessView,
        from snapshot: Snapshot
    ) -> (EncodedResponse, ResponseFields) {
        let positions = positions(query, for: view, in: snapshot.registry)
        let start = min(query.offset, positions.count)
        let body = body(of: positions[start...].prefix(query.limit ?? .max), in: snapshot.records)
        var fields = snapshot.fields
        fields.add("X-Total-Count", String(positions.count))
        if let links = links(query, total: positions.count) { fields.add("Link", links) }
        let tag = unsafe body.withUnsafeReadableBytes { bytes in
            unsafe EntityTag(of: Span(_unsafeElements: bytes.bindMemory(to: UInt8.self)))
        }
        return (
            EncodedResponse(body.readableBytesView, type: "application/json", fields: fields, tag: tag), fields
        )
    }

    /// Returns the links to other pages (RFC 8288); nil without a limit.
    private static func links(_ query: ListQuery, total: Int) -> String? {
        guard let limit = query.limit else { return nil }
        let last = ListQuery.lastPage(of: total, limit)
        var pages: [(relation: String, offset: Int)] = [("first", 0)]
        if query.offset > 0 { pages.append(("prev", max(0, min(query.offset, last + limit) - limit))) }
        if query.offset + limit < total { pages.append(("next", query.offset + limit)) }
        pages.append(("last", last))
        return pages.map { "<\(Route.listPath)?\(query.page(at: $0.offset))>; rel=\"\($0.relation)\"" }
            .joined(separator: ", ")
    }
}
