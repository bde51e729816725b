import RosterBytes
import RosterFrontend
import RosterJSON
package import RosterModel

/// Reads a registry's document with its members and records in any order, and reports what is wrong with it.
package enum RegistryDocument {
    /// Reads a document.
    ///
    /// - Returns: the registry, and the first endpoint that is not its provider's, which matters when no rule rejects the
    ///   provider itself.
    package static func read(
        _ bytes: [UInt8]
    ) throws(RegistryProblem) -> (registry: Registry, endpointProblem: RegistryProblem?) {
        let document: JSONValue
        do { document = try JSONReader.read(utf8: bytes) } catch {
            let line = bytes[..<min(error.offset, bytes.count)].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
            throw RegistryProblem(.notJSON, "line \(line)", "this is not JSON: \(KeyMask.mask(error.message))")
        }
        var members = try RegistryMembers(document, at: .document)
        guard case .integer(let version)? = document.object?["registry"] else {
            throw RegistryProblem(.version, "", "this is not a registry: it has no number \"registry\"")
        }
        guard let version = Int(exactly: version), Registry.readableVersions.contains(version) else {
            throw RegistryProblem(
                .version,
                "registry",
                "this is version \(version), and this program reads versions 1 and \(Registry.version): update it, or compile "
                    + "the registry again"
            )
        }
        var endpointProblem: RegistryProblem?
        _ = try members.take("registry")
        var registry = Registry(
            revision: try revision(members.take("revision"), RegistryPlace.document.member("revision")),
            projects: try members.list("projects", project),
            providers: try members.list("providers") { (value, place) throws(RegistryProblem) in
                try provider(value, place, version: version, &endpointProblem)
            },
            secrets: try members.list("secrets", secret),
            sealingKeys: try members.list("sealingKeys", sealingKey),
            access: try access(members.take("access"), RegistryPlace.document.member("access"))
        )
        try members.end(knowing: [
            "registry", "revision", "projects", "providers", "secrets", "sealingKeys", "access",
        ])
        try RegistryReferences.check(&registry)
        return (registry, endpointProblem)
    }

    static func revision(_ value: JSONValue, _ place: RegistryPlace) throws(RegistryProblem)
        -> Registry.Revision
    {
        var members = try RegistryMembers(value, at: place)
        let revision = Registry.Revision(
            commit: try members.optionalParsed("commit", "commit", commit),
            committedAt: try members.optionalParsed("committedAt", "date", Timestamp.init),
            isDirty: try members.boolean("dirty")
        )
        try members.end(knowing: ["commit", "committedAt", "dirty"])
        return revision
    }

    /// Returns a commit's id: 40 hex digits, or 64 in a repository with SHA-256.
    private static func commit(_ text: String) -> String? {
        (text.utf8.count == 40 || text.utf8.count == 64) && text.utf8.allSatisfy(\.isLowercaseHexDigit) ? text : nil
    }

    static func project(_ value: JSONValue, _ place: RegistryPlace) throws(RegistryProblem) -> Project {
        var members = try RegistryMembers(value, at: place)
        let project = Project(
            id: try members.parsed("id", "project id", ProjectID.init),
            handle: try members.parsed("handle", "handle", Handle.init),
            name: try members.string("name")
        )
        try members.end(knowing: ["id", "handle", "name"])
        return project
    }

    private static func provider(
        _ value: JSONValue,
        _ place: RegistryPlace,
        version: Int,
        _ endpointProblem: inout RegistryProblem?
    ) throws(RegistryProblem) -> Provider {
        var members = try RegistryMembers(value, at: place)
        let provider = Provider(
            id: try members.parsed("id", "provider id", ProviderID.init),
            projectID: try members.parsed("projectId", "project id", ProjectID.init),
            secretID: try members.optionalParsed("secretId", "secret id", SecretID.init),
            name: try members.string("name"),
            slug: try members.parsed("provider", "provider slug", ProviderSlug.init),
            defaultModel: try members.string("defaultModel"),
            baseURL: try members.optionalString("baseUrl"),
            config: try config(members.take("config"), place.member("config")),
            createdAt: try members.parsed("createdAt", "date", Timestamp.init),
            updatedAt: try members.parsed("updatedAt", "date", Timestamp.init),
            handle: try members.parsed("handle", "handle", Handle.init),
            source: try source(members.take("source"), place.member("source"))
        )
        if version > 1 {
            let place = place.member("endpoint")
            let endpoint = try endpoint(members.take("endpoint"), place)
            if endpoint != PublishedEndpoint(of: provider), endpointProblem == nil {
                endpointProblem = place.problem(
                    .rules,
                    "is not where requests of this record go; compile the registry again"
                )
            }
        }
        let names: [StaticString] = [
            "id", "projectId", "secretId", "name", "provider", "defaultModel", "baseUrl", "config", "createdAt",
            "updatedAt", "handle", "source",
        ]
        try members.end(knowing: version > 1 ? names + ["endpoint"] : names)
        return provider
    }

    private static func endpoint(
        _ value: JSONValue,
        _ place: RegistryPlace
    ) throws(RegistryProblem) -> PublishedEndpoint? {
        if case .null = value { return nil }
        var members = try RegistryMembers(value, at: place)
        let endpoint = PublishedEndpoint(
            baseURL: try members.string("baseUrl"),
            chat: try members.string("chat"),
            host: try members.string("host"),
            isKeyed: try members.boolean("keyed")
        )
        try members.end(knowing: ["baseUrl", "chat", "host", "keyed"])
        return endpoint
    }

    private static func config(_ value: JSONValue, _ place: RegistryPlace) throws(RegistryProblem) -> JSONObject? {
        if case .null = value { return nil }
        guard let config = value.object else { throw place.problem(.shape, "must be an object or null") }
        return config
    }

    private static func source(_ value: JSONValue, _ place: RegistryPlace) throws(RegistryProblem) -> Registry.Source {
        var members = try RegistryMembers(value, at: place)
        let path = try members.string("path")
        let line = try members.integer("line")
        guard line >= 1, let line = Int(exactly: line) else {
            throw place.member("line").problem(.shape, "is not a line number")
        }
        try members.end(knowing: ["path", "line"])
        return Registry.Source(path: path, line: line)
    }

    private static func secret(_ value: JSONValue, _ place: RegistryPlace) throws(RegistryProblem) -> Secret {
        var members = try RegistryMembers(value, at: place)
        let secret = Secret(
            id: try members.parsed("id", "secret id", SecretID.init),
            projectID: try members.parsed("projectId", "project id", ProjectID.init),
            handle: try members.parsed("handle", "handle", Handle.init),
            name: try members.string("name"),
            allowedHosts: try members.list("allowedHosts", allowedHost),
            generation: try members.integer("generation"),
            fingerprint: try members.parsed("fingerprint", "fingerprint", Fingerprint.init),
            rotateBy: try members.optionalParsed("rotateBy", "date", CalendarDate.init),
            boxes: try members.list("boxes", box),
            createdAt: try members.parsed("createdAt", "date", Timestamp.init),
            updatedAt: try members.parsed("updatedAt", "date", Timestamp.init),
            source: try source(members.take("source"), place.member("source"))
        )
        try members.end(knowing: [
            "id", "projectId", "handle", "name", "allowedHosts", "generation", "fingerprint", "rotateBy", "boxes",
            "createdAt", "updatedAt", "source",
        ])
        return secret
    }

    private static func allowedHost(
        _ value: JSONValue,
        _ place: RegistryPlace
    ) throws(RegistryProblem) -> AllowedHost {
        guard let text = value.string else { throw place.problem(.shape, "must be text") }
        do throws(AllowedHost.Refusal) {
            return try AllowedHost(text)
        } catch {
            throw place.problem(.shape, error.words(of: KeyMask.mask(text)).message)
        }
    }

    private static func box(_ value: JSONValue, _ place: RegistryPlace) throws(RegistryProblem) -> Secret.Box {
        var members = try RegistryMembers(value, at: place)
        let box = Secret.Box(
            key: try members.parsed("key", "sealing key id", SealingKeyID.init),
            box: try members.string("box")
        )
        try members.end(knowing: ["key", "box"])
        return box
    }

    static func sealingKey(_ value: JSONValue, _ place: RegistryPlace) throws(RegistryProblem) -> SealingKey {
        var members = try RegistryMembers(value, at: place)
        let key = SealingKey(
            id: try members.parsed("id", "sealing key id", SealingKeyID.init),
            publicKey: try members.string("publicKey"),
            name: try members.string("name"),
            isRetired: try members.boolean("retired")
        )
        try members.end(knowing: ["id", "publicKey", "name", "retired"])
        return key
    }
}
