import RosterBytes
import RosterJSON

/// The URLs of a provider's requests as the compiled registry and the API publish them.
public struct PublishedEndpoint: Hashable, Sendable {
    /// The base URL of requests, with the slug's suffix.
    public let baseURL: String
    /// The final URL of a chat request.
    public let chat: String
    /// The host and the port, which is never left out.
    public let host: String
    /// A Boolean value that indicates whether requests carry a key.
    public let isKeyed: Bool

    /// Creates an endpoint from its parts.
    package init(baseURL: String, chat: String, host: String, isKeyed: Bool) {
        (self.baseURL, self.chat, self.host, self.isKeyed) = (baseURL, chat, host, isKeyed)
    }

    /// Creates the endpoint of a provider; returns nil for a provider without one.
    public init?(of provider: Provider) {
        guard let endpoint = Endpoint(of: provider) else { return nil }
        let origin = endpoint.base.origin
        self.init(
            baseURL: endpoint.base.description,
            chat: endpoint.chat.description,
            host: "\(origin.host):\(origin.port)",
            isKeyed: provider.isKeyed
        )
    }
}

extension PublishedEndpoint {
    /// Returns a Boolean value that indicates whether two endpoints have the same bytes.
    public static func == (one: PublishedEndpoint, other: PublishedEndpoint) -> Bool {
        // Other characters are canonically equivalent to some of ASCII, such as the Kelvin sign to K.
        one.baseURL.equalsInBytes(other.baseURL) && one.chat.equalsInBytes(other.chat)
            && one.host.equalsInBytes(other.host) && one.isKeyed == other.isKeyed
    }
}

extension Endpoint {
    /// Creates the endpoint of a provider; returns nil for a provider without one.
    package init?(of provider: Provider) {
        let baseURL = provider.baseURL.flatMap { try? BaseURL($0) }
        guard provider.baseURL == nil || baseURL != nil else { return nil }
        let slug = provider.slug
        do {
            try self.init(slug: slug, baseURL: baseURL, config: provider.config, model: provider.defaultModel)
        } catch {
            return nil
        }
    }
}

extension Provider {
    /// A Boolean value that indicates whether its requests carry a key: a secret's, or the host's own with `config.auth: ambient`.
    package var isKeyed: Bool {
        secretID != nil || slug.facts.secret == .orAmbient && config?["auth"]?.string == "ambient"
    }
}
