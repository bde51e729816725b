import RosterCompiler
import RosterDiagnostics
import RosterJSON
import RosterModel

/// The providers as resources: `roster://<project>/<name>`, whose text is the record's JSON.
enum ProviderResources {
    private static let scheme = "roster://"
    private static let pageLength = 100

    /// The array of `resources/templates/list`.
    static let templates: [UInt8] = {
        var json = JSONWriter(.compact)
        let templates: JSONValue = [
            [
                "uriTemplate": "roster://{project}/{name}",
                "name": "ai-provider",
                "title": "AI provider",
                "description": "A provider's record, by the handles of its project and its file.",
                "mimeType": "application/json",
            ]
        ]
        json.value(templates)
        return json.bytes
    }()

    /// A page of the resources that a caller may list.
    ///
    /// A cursor is the name of the last one before it, so that pages stay in step when records come and go.
    static func list(_ request: RPCRequest, _ caller: Caller, _ snapshot: Snapshot) throws(RPCError) -> RPCResponse {
        let names = ProviderNames(snapshot.registry)
        let positions = ProviderList.positions(ListQuery(), for: caller.view, in: snapshot.registry)
        var rest = positions[...]
        if request["cursor"] != nil {
            let cursor = try request.text("cursor")
            guard let name = ProviderName(cursor) else { throw .invalidParams("there is no such cursor") }
            rest = rest[names.firstIndex(in: positions, after: name)...]
        }
        let page = rest.prefix(pageLength).map { (name: names[$0], size: snapshot.records.bodyLength(at: $0)) }
        let cursor = rest.count > pageLength ? page.last?.name : nil
        return .result(
            RPCResult(.ofCaller) { json in
                json.name("resources")
                json.array { json in
                    for (name, size) in page { json.resource(scheme + name.text, name: name.text, size: size) }
                }
                guard let cursor else { return }
                json.name("nextCursor")
                json.string(cursor.text)
            }
        )
    }

    /// One resource; what is hidden, what is missing and what is no such name are the same.
    static func read(
        _ request: RPCRequest,
        _ revision: ProtocolRevision,
        _ caller: Caller,
        _ snapshot: Snapshot
    ) throws(RPCError) -> RPCResponse {
        let uri = try request.text("uri")
        let names = ProviderNames(snapshot.registry)
        guard uri.hasPrefix(scheme), let name = ProviderName(String(uri.dropFirst(scheme.count))),
            let position = names.position(of: name), caller.view.allows(.get, at: position)
        else { throw .unknownResource(uri, revision) }
        let record = snapshot.records.body(at: position)
        return .result(
            RPCResult(.ofCaller) { json in
                json.name("contents")
                json.array { json in
                    json.element()
                    json.object { json in
                        json.name("uri")
                        json.string(uri)
                        json.name("mimeType")
                        json.string("application/json")
                        json.name("text")
                        json.string(String(decoding: record, as: UTF8.self))
                    }
                }
            }
        )
    }
}

extension JSONWriter {
    /// Writes a resource as part of a list: its name consists of handles, so it has no free text.
    fileprivate mutating func resource(_ uri: String, name: String, size: Int) {
        element()
        object { json in
            json.name("uri")
            json.string(uri)
            json.name("name")
            json.string(name)
            json.name("mimeType")
            json.string("application/json")
            json.name("size")
            json.integer(size)
        }
    }
}
