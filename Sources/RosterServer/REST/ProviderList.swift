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
        try resolveProject(of: &query, for: view, in: snapshot.projects)
        if !query.hasFilter { query.clampOffset(total: view.listed?.count ?? snapshot.registry.providers.count) }
        return snapshot.cache.response(.list(query, view: view.number, isGzip: isGzip)) {
            let (plain, fields) = encode(query, for: view, from: snapshot)
            return ContentCoding.encoded(plain, type: "application/json", fields: fields, isGzip: isGzip)
        }
    }

    /// Looks up the handle of a query's project.
    ///
    /// A project of which the caller may list no provider is one that does not exist: only of two projects that it may see
    /// does it learn that they differ.
    private static func resolveProject(
        of query: inout ListQuery,
        for view: AccessView,
        in projects: ProjectIndex
    ) throws(Problem) {
        guard let handle = query.project else { return }
        func visible(_ entry: ProjectIndex.Entry?) -> ProjectID? {
            entry.flatMap { view.listedCount(in: $0.positions) > 0 ? $0.project.id : nil }
        }
        let named = visible(projects.entry(of: handle))
        if let named, case .one(let id) = query.projectID, let other = visible(projects.entry(of: id)), other != named {
            throw .badRequest("the parameters \"project\" and \"projectId\" are two projects: leave one out")
        }
        switch query.projectID {
        case .any: query.projectID = named.map { .one($0) } ?? .none
        case .one(let id): if id != named { query.projectID = .none }
        case .none: break
        }
    }

    /// Returns the positions of the records that match a query and that a view shows, before limit and offset.
    static func positions(_ query: ListQuery, for view: AccessView, in registry: Registry) -> [Int] {
        let visible = view.listed.map { $0.map(Int.init) } ?? Array(registry.providers.indices)
        guard query.hasFilter else { return visible }
        var handles: [ProjectID: Handle] = [:]
        if query.search != nil {
            handles = Dictionary(registry.projects.map { ($0.id, $0.handle) }) { first, _ in first }
        }
        return visible.filter { query.matches(registry.providers[$0], handles: handles) }
    }

    /// Returns the positions of the records that the arguments of a tool select and a view shows.
    static func positions(
        ofTool query: ListQuery,
        for view: AccessView,
        from snapshot: Snapshot
    ) throws(Problem) -> [Int] {
        var query = query
        try resolveProject(of: &query, for: view, in: snapshot.projects)
        return positions(query, for: view, in: snapshot.registry)
    }

    private static func body(
        of positions: ArraySlice<Int>,
        including: IncludedMembers,
        from snapshot: Snapshot
    ) -> ByteBuffer {
        let records = snapshot.records
        var body = ByteBuffer()
        body.reserveCapacity(positions.reduce(2) { $0 + records.bodyLength(at: $1) + 1 })
        body.writeStaticString("[")
        for (index, position) in positions.enumerated() {
            if index > 0 { body.writeStaticString(",") }
            if including.isEmpty {
                body.writeBytes(records.body(at: position))
            } else {
                body.writeBytes(ExtendedRecord.body(at: position, including: including, from: snapshot))
            }
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
        let page = positions[start...].prefix(query.limit ?? .max)
        let body = body(of: page, including: query.including, from: snapshot)
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
