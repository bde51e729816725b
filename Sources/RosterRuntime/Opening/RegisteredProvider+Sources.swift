package import RosterModel
package import SealedBoxes

extension RegisteredProvider {
    /// Opens the provider's secret with the identities that some sources have for its keys.
    ///
    /// - Parameters:
    ///   - sources: the sources of identities; not read for a provider without a secret.
    ///   - variables: the environment that the credentials of the host are taken from.
    ///   - now: the clock of the endpoint's signatures.
    /// - Returns: the endpoint, which makes requests.
    /// - Throws: ``ProviderFailure``, and `IdentitySources.Problem` when no identity can be read.
    package func open(
        from sources: IdentitySources,
        variables: EnvironmentVariables,
        now: @escaping @Sendable () -> Timestamp
    ) throws -> OpenEndpoint {
        let identities: ProviderIdentities
        if let secret {
            identities = ProviderIdentities(try sources.load(for: secret.boxes.map(\.key.description)))
        } else {
            identities = ProviderIdentities()
        }
        var open = try self.open(identities, variables: variables)
        open.now = now
        return open
    }
}

extension ProviderClient {
    /// Creates a client with the settings of an environment, in which the path of a file can be relative to a folder.
    ///
    /// - Throws: ``ProviderFailure`` when `HTTPS_PROXY` is not the URL of a proxy.
    package init(
        limits: ClientLimits,
        variables: EnvironmentVariables,
        currentFolder: String
    ) throws(ProviderFailure) {
        try self.init(limits: limits) { name in
            let value = variables.value(of: name)
            guard name == "SSL_CERT_FILE", let path = value, !path.isEmpty, !path.hasPrefix("/") else { return value }
            return currentFolder + "/" + path
        }
    }
}
