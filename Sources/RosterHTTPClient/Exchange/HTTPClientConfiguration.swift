/// The settings of a client.
package struct HTTPClientConfiguration: Sendable {
    /// A PEM file of root certificates that replace the system's.
    package var rootsFile: String?
    /// The client's own certificate.
    package var identity: ClientIdentity?
    /// The proxies for requests over TLS.
    package var proxies: ProxySettings
    package var resolver: NameResolver
    /// The time for which an idle connection is kept; zero to use each connection once.
    package var idleTime = Duration.seconds(60)
    /// The most bytes of a body that the server may compress with gzip; nil to request and decode no compression.
    package var decodedLimit: Int?

    /// Creates settings from variables: `HTTPS_PROXY`, `NO_PROXY` and `SSL_CERT_FILE`.
    ///
    /// - Parameters:
    ///   - resolver: the resolver of names.
    ///   - environment: a function that returns the value of a variable, nil when it is not set.
    /// - Throws: ``ProxySettings/Malformed`` when `HTTPS_PROXY` is not the URL of a proxy.
    package init(
        resolver: NameResolver = .system,
        environment: (_ name: String) -> String?
    ) throws(ProxySettings.Malformed) {
        self.resolver = resolver
        proxies = try ProxySettings(environment)
        rootsFile = environment("SSL_CERT_FILE").flatMap { $0.isEmpty ? nil : $0 }
    }
}
