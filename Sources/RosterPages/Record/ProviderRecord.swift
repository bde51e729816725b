package import RosterCatalogue
package import RosterModel
import RosterRuntime

/// A provider with everything that its page shows of the registry.
package struct ProviderRecord: Sendable {
    package let provider: Provider
    package let project: Handle
    /// The secret; nil for a provider without one.
    package let secret: Secret?
    /// A Boolean value that indicates whether the reader may see the facts of the secret.
    package let showsSecret: Bool
    /// The facts about the model.
    package let model: ModelEntry?
    /// The number of days before its retirement within which the model is reported.
    package let noticeDays: Int
    /// The URLs of its requests; nil for a provider without an endpoint.
    package let endpoint: PublishedEndpoint?
    /// The host that requests are sent to, with a port that is not the scheme's own.
    package let host: String

    /// The provider as programs use it.
    let registered: RegisteredProvider?

    /// Creates the record of the provider at a position of a table.
    package init(at position: Int, in table: ProviderColumns, showsSecret: Bool) {
        provider = table.registry.providers[position]
        project = table.project(at: position)
        secret = table.secret(at: position)
        self.showsSecret = showsSecret
        model = table.model(at: position)
        noticeDays = table.noticeDays
        endpoint = PublishedEndpoint(of: provider)
        host = ProviderColumns.host(of: provider)
        let (record, key) = (provider, secret)
        registered = table.registry.projects.first { $0.id == record.projectID }
            .map { RegisteredProvider(record: record, project: $0, secret: key) }
    }

    /// The name: `<project>/<handle>`.
    package var name: String { "\(project)/\(provider.handle)" }
}
