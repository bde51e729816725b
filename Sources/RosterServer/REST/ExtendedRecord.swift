import RosterBackend
import RosterCatalogue
import RosterJSON
import RosterModel

/// A record with the members that a client asked for after its ten.
enum ExtendedRecord {
    /// Returns the response with a record.
    static func response(
        at position: Int,
        including: IncludedMembers,
        isGzip: Bool,
        from snapshot: Snapshot
    ) -> EncodedResponse {
        snapshot.cache.response(.extendedRecord(position, including, isGzip: isGzip)) {
            let body = body(at: position, including: including, from: snapshot)
            let type: StaticString = "application/json"
            let fields = snapshot.fields(at: position)
            let plain = EncodedResponse(body, type: type, fields: fields, tag: EntityTag(of: body.span))
            return ContentCoding.encoded(plain, type: type, fields: fields, isGzip: isGzip)
        }
    }

    /// Returns a record's JSON.
    static func body(at position: Int, including: IncludedMembers, from snapshot: Snapshot) -> [UInt8] {
        let provider = snapshot.registry.providers[position]
        var json = JSONWriter(.compact, capacity: 512)
        json.object { json in
            if including.contains(.handle) {
                json.name("handle")
                json.string(name(of: provider, in: snapshot))
            }
            if including.contains(.endpoint) { json.endpoint(Endpoint(of: provider), isKeyed: provider.isKeyed) }
            if including.contains(.model) {
                json.name("model")
                let entry = snapshot.models.entry(
                    for: provider.slug,
                    model: provider.defaultModel,
                    config: provider.config
                )
                if let entry { json.entry(entry) } else { json.null() }
            }
        }
        // The two objects become one.
        var body = Array(snapshot.records.body(at: position).dropLast())
        body.append(UInt8(ascii: ","))
        body.append(contentsOf: json.bytes.dropFirst())
        return body
    }

    /// Returns the name of a provider: `<project>/<handle>`.
    static func name(of provider: Provider, in snapshot: Snapshot) -> String {
        let project = snapshot.projects.entry(of: provider.projectID)?.project.handle.text ?? ""
        return project + "/" + provider.handle.text
    }
}
