import RosterDiagnostics
package import RosterJSON
package import RosterModel

/// The parts of a provider's record.
protocol RecordSource {
    var id: ProviderID { get }
    var projectID: ProjectID { get }
    var secretID: SecretID? { get }
    var name: String { get }
    var slug: ProviderSlug { get }
    var defaultModel: String { get }
    var baseURL: String? { get }
    var createdAt: Timestamp { get }
    var updatedAt: Timestamp { get }

    /// Writes `config`, or null.
    func writeConfig(to json: inout JSONWriter)
}

extension Provider: RecordSource {
    func writeConfig(to json: inout JSONWriter) {
        if let config { json.value(.object(config)) } else { json.null() }
    }
}

extension JSONWriter {
    /// Writes a provider as the API returns it.
    package mutating func record(of provider: Provider) {
        object { $0.recordMembers(of: provider) }
    }

    /// Writes a provider as the API returns it, followed by its name, `<project>/<handle>`, and other members.
    package mutating func record(
        of provider: Provider,
        handle: String,
        _ writeOthers: (inout JSONWriter) -> Void = { _ in }
    ) {
        object { json in
            json.recordMembers(of: provider)
            json.name("handle")
            json.string(handle)
            writeOthers(&json)
        }
    }

    /// Writes the members of a record that the API and the registry share, in order.
    @discardableResult
    mutating func recordMembers(of provider: some RecordSource) -> DatePlaces {
        name("id")
        id(provider.id)
        name("projectId")
        id(provider.projectID)
        name("secretId")
        if let secret = provider.secretID { id(secret) } else { null() }
        name("name")
        string(provider.name)
        name("provider")
        string(provider.slug.rawValue)
        name("defaultModel")
        string(provider.defaultModel)
        name("baseUrl")
        string(provider.baseURL)
        name("config")
        provider.writeConfig(to: &self)
        return dates(provider.createdAt, provider.updatedAt)
    }

    /// Writes an id.
    package mutating func id<Kind>(_ id: RecordID<Kind>) {
        verbatim(atMost: RecordID<Kind>.length) { id.append(to: &$0) }
    }

    /// Writes a moment.
    private mutating func moment(_ moment: Timestamp) {
        verbatim(atMost: Timestamp.maximumLength) { moment.append(to: &$0) }
    }

    /// The offsets of the texts of a record's dates in ``bytes``.
    struct DatePlaces: Sendable {
        var created: Int
        var updated: Int
    }

    /// Writes the dates of a record.
    @discardableResult
    mutating func dates(_ created: Timestamp, _ updated: Timestamp) -> DatePlaces {
        name("createdAt")
        let first = count
        moment(created)
        let end = count
        name("updatedAt")
        let second = count
        // Most records were never changed, and formatting a date is expensive.
        if updated == created { again(first..<end) } else { moment(updated) }
        return DatePlaces(created: first + 1, updated: second + 1)
    }

    /// Writes the members that describe the use of a secret's key.
    package mutating func secretTerms(
        allowedHosts: [AllowedHost],
        generation: Int64,
        fingerprint: Fingerprint,
        rotateBy: CalendarDate?
    ) {
        name("allowedHosts")
        strings(allowedHosts.map(\.text))
        name("generation")
        integer(generation)
        name("fingerprint")
        string(fingerprint.description)
        name("rotateBy")
        string(rotateBy?.description)
    }

    /// Writes the source of a record; `path` writes the file's path.
    mutating func source(line: Int, _ path: (inout JSONWriter) -> Void) {
        name("source")
        object { json in
            json.name("path")
            path(&json)
            json.name("line")
            json.integer(line)
        }
    }
}
