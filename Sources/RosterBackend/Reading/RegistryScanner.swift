import RosterBytes
import RosterJSON
package import RosterModel

/// Reads a registry's document in one pass, when its members are in the order in which ``RegistryEncoder`` writes them.
///
/// Records are read from the bytes to the types of the domain, without a ``JSONValue`` for each. A document that a scanner
/// reads is one that ``RegistryDocument`` reads to the same registry. A document that it does not read may have members in
/// another order, or be invalid: ``RegistryDocument`` then reads it, or reports the error.
package enum RegistryScanner {
    private typealias Mismatch = JSONCursor.Mismatch

    /// Reads a document; nil when it has to be read by ``RegistryDocument``.
    package static func read(_ bytes: [UInt8]) -> Registry? {
        guard (try? UTF8Span(validating: bytes.span)) != nil, var registry = try? registry(JSONCursor(bytes)),
            (try? RegistryReferences.check(&registry)) != nil
        else { return nil }
        return registry
    }

    private static func registry(_ cursor: consuming JSONCursor) throws -> Registry {
        try cursor.firstName("registry")
        guard let version = Int(exactly: try cursor.integer()), Registry.readableVersions.contains(version) else {
            throw Mismatch()
        }
        try cursor.name("revision")
        let revision = try RegistryDocument.revision(try cursor.value(), .document)
        try cursor.name("projects")
        let projects = try cursor.array { (cursor) throws(Mismatch) in try cursor.value() }
        try cursor.name("providers")
        let providers = try cursor.array { (cursor) throws(Mismatch) in try provider(&cursor, version: version) }
        try cursor.name("secrets")
        let secrets = try cursor.array(secret)
        try cursor.name("sealingKeys")
        let sealingKeys = try cursor.array { (cursor) throws(Mismatch) in try cursor.value() }
        try cursor.name("access")
        let access = try RegistryDocument.access(try cursor.value(), .document)
        try cursor.expect("}")
        try cursor.end()
        return Registry(
            revision: revision,
            projects: try projects.map { try RegistryDocument.project($0, .document) },
            providers: providers,
            secrets: secrets,
            sealingKeys: try sealingKeys.map { try RegistryDocument.sealingKey($0, .document) },
            access: access
        )
    }

    private static func provider(_ cursor: inout JSONCursor, version: Int) throws(Mismatch) -> Provider {
        try cursor.firstName("id")
        let id = try recordID(ProviderKind.self, &cursor)
        try cursor.name("projectId")
        let projectID = try recordID(ProjectKind.self, &cursor)
        try cursor.name("secretId")
        let secretID = cursor.takeNull() ? nil : try recordID(SecretKind.self, &cursor)
        try cursor.name("name")
        let name = try cursor.string()
        try cursor.name("provider")
        let slug = try cursor.parsed { unsafe $0.withUnsafeBufferPointer { unsafe ProviderSlug(utf8: $0) } }
        try cursor.name("defaultModel")
        let defaultModel = try cursor.string()
        try cursor.name("baseUrl")
        let baseURL = try cursor.optionalString()
        try cursor.name("config")
        let config = try cursor.value()
        guard config == .null || config.object != nil else { throw Mismatch() }
        let (createdAt, updatedAt) = try dates(&cursor)
        try cursor.name("handle")
        let handle = try parsed(&cursor, Handle.init)
        let source = try recordSource(&cursor)
        let endpoint = version > 1 ? try endpoint(&cursor) : nil
        try cursor.expect("}")
        let provider = Provider(
            id: id,
            projectID: projectID,
            secretID: secretID,
            name: name,
            slug: slug,
            defaultModel: defaultModel,
            baseURL: baseURL,
            config: config.object,
            createdAt: createdAt,
            updatedAt: updatedAt,
            handle: handle,
            source: source
        )
        guard version == 1 || endpoint == PublishedEndpoint(of: provider) else { throw Mismatch() }
        return provider
    }

    private static func endpoint(_ cursor: inout JSONCursor) throws(Mismatch) -> PublishedEndpoint? {
        try cursor.name("endpoint")
        guard !cursor.takeNull() else { return nil }
        try cursor.firstName("baseUrl")
        let baseURL = try cursor.string()
        try cursor.name("chat")
        let chat = try cursor.string()
        try cursor.name("host")
        let host = try cursor.string()
        try cursor.name("keyed")
        guard case .boolean(let isKeyed) = try cursor.value() else { throw Mismatch() }
        try cursor.expect("}")
        return PublishedEndpoint(baseURL: baseURL, chat: chat, host: host, isKeyed: isKeyed)
    }

    private static func secret(_ cursor: inout JSONCursor) throws(Mismatch) -> Secret {
        try cursor.firstName("id")
        let id = try recordID(SecretKind.self, &cursor)
        try cursor.name("projectId")
        let projectID = try recordID(ProjectKind.self, &cursor)
        try cursor.name("handle")
        let handle = try parsed(&cursor, Handle.init)
        try cursor.name("name")
        let name = try cursor.string()
        try cursor.name("allowedHosts")
        let allowedHosts = try cursor.array { (cursor) throws(Mismatch) in
            try parsed(&cursor) { try? AllowedHost($0) }
        }
        try cursor.name("generation")
        let generation = try cursor.integer()
        try cursor.name("fingerprint")
        let fingerprint = try parsed(&cursor, Fingerprint.init)
        try cursor.name("rotateBy")
        let rotateBy = try cursor.optionalString()
        let date = rotateBy.flatMap { CalendarDate($0) }
        guard (rotateBy == nil) == (date == nil) else { throw Mismatch() }
        try cursor.name("boxes")
        let boxes = try cursor.array(box)
        let (createdAt, updatedAt) = try dates(&cursor)
        let source = try recordSource(&cursor)
        try cursor.expect("}")
        return Secret(
            id: id,
            projectID: projectID,
            handle: handle,
            name: name,
            allowedHosts: allowedHosts,
            generation: generation,
            fingerprint: fingerprint,
            rotateBy: date,
            boxes: boxes,
            createdAt: createdAt,
            updatedAt: updatedAt,
            source: source
        )
    }

    private static func box(_ cursor: inout JSONCursor) throws(Mismatch) -> Secret.Box {
        try cursor.firstName("key")
        let key = try parsed(&cursor, SealingKeyID.init)
        try cursor.name("box")
        let box = try cursor.string()
        try cursor.expect("}")
        return Secret.Box(key: key, box: box)
    }

    private static func recordID<Kind>(_: Kind.Type, _ cursor: inout JSONCursor) throws(Mismatch) -> RecordID<Kind> {
        try cursor.parsed { unsafe $0.withUnsafeBufferPointer { unsafe RecordID(utf8: $0) } }
    }

    private static func parsed<Value>(
        _ cursor: inout JSONCursor,
        _ parse: (String) -> Value?
    ) throws(Mismatch) -> Value {
        guard let value = parse(try cursor.string()) else { throw Mismatch() }
        return value
    }

    private static func dates(
        _ cursor: inout JSONCursor
    ) throws(Mismatch) -> (createdAt: Timestamp, updatedAt: Timestamp) {
        try cursor.name("createdAt")
        let createdAt = try cursor.string()
        try cursor.name("updatedAt")
        let updatedAt = try cursor.string()
        guard let created = Timestamp(createdAt) else { throw Mismatch() }
        // Most records were never changed.
        if updatedAt == createdAt { return (created, created) }
        guard let updated = Timestamp(updatedAt) else { throw Mismatch() }
        return (created, updated)
    }

    private static func recordSource(_ cursor: inout JSONCursor) throws(Mismatch) -> Registry.Source {
        try cursor.name("source")
        try cursor.firstName("path")
        let path = try cursor.string()
        try cursor.name("line")
        guard let line = Int(exactly: try cursor.integer()), line >= 1 else { throw Mismatch() }
        try cursor.expect("}")
        return Registry.Source(path: path, line: line)
    }
}
