package import RosterDiagnostics
package import RosterModel

extension JSONWriter {
    /// A provider as the API gives it.
    package mutating func record(of provider: Provider) {
        object { $0.recordMembers(of: provider) }
    }

    /// The members of a record, in their order: the API's, and the first of the registry's.
    mutating func recordMembers(of provider: Provider) {
        name("id")
        verbatim { provider.id.append(to: &$0) }
        name("projectId")
        verbatim { provider.projectID.append(to: &$0) }
        name("secretId")
        if let secret = provider.secretID { verbatim { secret.append(to: &$0) } } else { null() }
        name("name")
        string(provider.name)
        name("provider")
        string(provider.slug.rawValue)
        name("defaultModel")
        string(provider.defaultModel)
        name("baseUrl")
        string(provider.baseURL)
        name("config")
        if let config = provider.config { RegistryEncoder.write(.object(config), to: &self) } else { null() }
        dates(provider.createdAt, provider.updatedAt)
    }

    /// When a record was made and changed.
    mutating func dates(_ created: Timestamp, _ updated: Timestamp) {
        name("createdAt")
        verbatim { created.append(to: &$0) }
        name("updatedAt")
        verbatim { updated.append(to: &$0) }
    }
}
