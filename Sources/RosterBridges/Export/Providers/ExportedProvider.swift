import RosterJSON
import RosterModel
package import RosterRuntime

/// A provider that an export contains, with the names of its variables.
package struct ExportedProvider: Sendable {
    /// The provider with its project and secret.
    package let registered: RegisteredProvider
    /// The URLs of the provider's requests.
    let endpoint: Endpoint
    /// The beginning of the names of the provider's variables.
    let prefix: VariablePrefix
    /// The names of the variables that exec sets.
    let variableNames: [String]

    /// Creates the provider of an export.
    ///
    /// - Throws: `ProviderFailure` when the provider has no endpoint to which requests may go.
    package init(_ registered: RegisteredProvider) throws(ProviderFailure) {
        self.registered = registered
        endpoint = try registered.endpoint()
        prefix = VariablePrefix(registered.name)
        variableNames = try registered.variableNames(.prefixed(prefix))
    }

    /// The name, `<project>/<handle>`.
    package var name: String { registered.name }

    var record: Provider { registered.record }
    var slug: ProviderSlug { registered.record.slug }
    var facts: SlugFacts { slug.facts }

    /// A Boolean value that indicates whether requests have a key.
    var isKeyed: Bool { record.isKeyed }

    /// A Boolean value that indicates whether the key can be an access key of AWS, which only its value shows.
    var maySign: Bool {
        if case .awsSignature = facts.authentication { isKeyed } else { false }
    }

    /// Returns the text of a setting; nil without it, and for a setting that the slug does not read.
    package func setting(_ name: String) -> String? {
        reads(name) ? record.config?[name]?.string : nil
    }

    private func reads(_ setting: String) -> Bool { facts.settings.contains { $0.name.description == setting } }

    /// The headers in `config.headers` that requests have.
    var headers: [(name: String, value: String)] {
        guard facts.sendsConfiguredHeaders else { return [] }
        return (record.config?["headers"]?.object?.members ?? []).compactMap { member in
            member.value.string.map { (member.name, $0) }
        }
    }

    /// The keys of `config` that Roster does not read.
    var freeSettings: [String] {
        (record.config?.members ?? []).map(\.name).filter { !reads($0) }
    }

    /// The keys of `config` that are not part of the URL of requests, in the order of the file.
    var settingsOutsideURL: [String] {
        let parts = facts.endpointSettings.map(\.name)
        return (record.config?.members ?? []).map(\.name).filter { !parts.contains($0) }
    }

    /// Returns a Boolean value that indicates whether the key may be sent to a path on the provider's own origin.
    func allows(path: String) -> Bool {
        guard let secret = registered.secret else { return true }
        return secret.allowedHosts.contains { $0.admits(endpoint.base.origin, path: path) }
    }

    /// Returns the base URL without a suffix that the consumer appends; nil when the URL does not end with it.
    func baseURL(without suffix: String) -> String? {
        let base = endpoint.base.description
        guard base.hasSuffix(suffix) else { return nil }
        return String(base.dropLast(suffix.count))
    }
}
