import RosterDiagnostics
import RosterJSON
package import RosterModel

/// What a provider's record is written from.
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
        if let config { RegistryEncoder.write(.object(config), to: &json) } else { json.null() }
    }
}

extension JSONWriter {
    /// A provider as the API gives it.
    package mutating func record(of provider: Provider) {
        object { $0.recordMembers(of: provider) }
    }

    /// The members of a record, in their order: the API's, and the first of the registry's.
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

    /// An id as a text.
    mutating func id<Kind>(_ id: RecordID<Kind>) {
        verbatim(atMost: RecordID<Kind>.length) { id.append(to: &$0) }
    }

    /// A moment as a text.
    private mutating func moment(_ moment: Timestamp) {
        verbatim(atMost: Timestamp.maximumLength) { moment.append(to: &$0) }
    }

    /// Where the texts of a record's dates start in ``bytes``.
    struct DatePlaces: Sendable {
        var created: Int
        var updated: Int
    }

    /// When a record was made and changed.
    @discardableResult
    mutating func dates(_ created: Timestamp, _ updated: Timestamp) -> DatePlaces {
        name("createdAt")
        let first = count
        moment(created)
        let end = count
        name("updatedAt")
        let second = count
        // Most records were never changed, and a date is dear to work out.
        if updated == created { again(first..<end) } else { moment(updated) }
        return DatePlaces(created: first + 1, updated: second + 1)
    }

    /// Where a record is written; `path` writes the file's path.
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
