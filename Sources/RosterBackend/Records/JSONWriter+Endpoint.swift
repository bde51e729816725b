import RosterDiagnostics
import RosterJSON
package import RosterModel

extension JSONWriter {
    /// Writes a provider as the API returns it, followed by its endpoint.
    ///
    /// - Parameters:
    ///   - provider: the provider.
    ///   - endpoint: the URLs of its requests; nil when they are not known.
    package mutating func record(of provider: Provider, endpoint: Endpoint?) {
        object { json in
            json.recordMembers(of: provider)
            json.name("endpoint")
            guard let endpoint else { return json.null() }
            json.endpoint(endpoint, of: provider)
        }
    }

    /// Writes the URLs of a provider's requests.
    private mutating func endpoint(_ endpoint: Endpoint, of provider: Provider) {
        object { json in
            let origin = endpoint.base.origin
            json.name("baseUrl")
            json.string(endpoint.base.description)
            json.name("chat")
            json.string(endpoint.chat.description)
            json.name("host")
            json.string("\(origin.host):\(origin.port)")
            json.name("keyed")
            json.boolean(provider.isKeyed)
        }
    }
}

extension Provider {
    /// A Boolean value that indicates whether its requests carry a key: a secret's, or the host's own with `config.auth: ambient`.
    fileprivate var isKeyed: Bool {
        secretID != nil || slug.facts.secret == .orAmbient && config?["auth"]?.string == "ambient"
    }
}
