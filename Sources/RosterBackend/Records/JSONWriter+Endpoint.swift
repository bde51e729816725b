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
            json.endpoint(endpoint, isKeyed: provider.isKeyed)
        }
    }

    /// Writes the member with the URLs of a provider's requests; null when they are not known.
    package mutating func endpoint(_ endpoint: Endpoint?, isKeyed: Bool) {
        name("endpoint")
        guard let endpoint else { return null() }
        object { json in
            json.name("baseUrl")
            json.verbatim(atMost: endpoint.base.textLimit) { endpoint.base.append(to: &$0) }
            json.name("chat")
            json.verbatim(atMost: endpoint.chatLimit) { endpoint.appendChat(to: &$0) }
            json.name("host")
            let origin = endpoint.base.origin
            json.verbatim(atMost: origin.authorityLimit) { origin.appendHostAndPort(to: &$0) }
            json.name("keyed")
            json.boolean(isKeyed)
        }
    }
}
