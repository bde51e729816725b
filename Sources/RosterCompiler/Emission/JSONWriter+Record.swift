package import RosterDiagnostics
package import RosterModel

extension JSONWriter {
    /// A provider as the API gives it: these members, in this order.
    package mutating func record(of provider: Provider) {
        object { json in
            json.name("id")
            json.string(provider.id.description)
            json.name("projectId")
            json.string(provider.projectID.description)
            json.name("secretId")
            json.string(provider.secretID?.description)
            json.name("name")
            json.string(provider.name)
            json.name("provider")
            json.string(provider.slug.rawValue)
            json.name("defaultModel")
            json.string(provider.defaultModel)
            json.name("baseUrl")
            json.string(provider.baseURL)
            json.name("config")
            if let config = provider.config { RegistryEncoder.write(.object(config), to: &json) } else { json.null() }
            json.name("createdAt")
            json.string(provider.createdAt.description)
            json.name("updatedAt")
            json.string(provider.updatedAt.description)
        }
    }
}
