import RosterJSON
public import RosterModel

/// A provider of a registry with its project and its secret.
public struct RegisteredProvider: Sendable, Hashable {
    /// The provider.
    public let record: Provider
    /// The project that it belongs to.
    public let project: Project
    /// The secret that holds its key; nil without one.
    public let secret: Secret?

    /// Creates a provider from its parts, of which the record names the others.
    package init(record: Provider, project: Project, secret: Secret?) {
        (self.record, self.project, self.secret) = (record, project, secret)
    }

    /// `<project>/<handle>`.
    public var name: String { "\(project.handle)/\(record.handle)" }

    /// A Boolean value that indicates whether it uses the host's own AWS identity, as `config.auth: ambient` requests.
    public var isAmbient: Bool {
        record.slug.facts.secret == .orAmbient && secret == nil && record.config?["auth"]?.string == "ambient"
    }
}

extension Registry {
    /// Returns the provider of a name.
    ///
    /// - Parameter name: `<project>/<handle>`, or an id.
    /// - Returns: the provider with its project and its secret.
    /// - Throws: ``ProviderFailure`` with ``ProviderFailure/Code/unknownProvider``.
    public func provider(_ name: String) throws(ProviderFailure) -> RegisteredProvider {
        let id = ProviderID(name)
        guard let record = providers.first(where: { $0.id == id || fullName(of: $0) == name }),
            let found = linked(record)
        else {
            throw ProviderFailure(.unknownProvider, "there is no provider \"\(name)\"", help: nearest(to: name))
        }
        return found
    }

    /// Every provider, in the registry's order.
    public var registeredProviders: [RegisteredProvider] { providers.compactMap(linked) }

    private func linked(_ record: Provider) -> RegisteredProvider? {
        guard let project = projects.first(where: { $0.id == record.projectID }) else { return nil }
        var secret: Secret?
        if let id = record.secretID {
            guard let found = secrets.first(where: { $0.id == id }) else { return nil }
            secret = found
        }
        return RegisteredProvider(record: record, project: project, secret: secret)
    }

    private func fullName(of record: Provider) -> String? {
        projects.first { $0.id == record.projectID }.map { "\($0.handle)/\(record.handle)" }
    }

    private func nearest(to name: String) -> String? {
        let names = providers.compactMap(fullName)
        guard !names.isEmpty else { return nil }
        return names.count <= 12 ? "one of \(names.joined(separator: ", "))" : "list them: roster provider list"
    }
}

extension RegisteredProvider {
    /// Returns true for the model that the provider's `defaultModel` names.
    ///
    /// - Parameter model: a model of the provider's list.
    /// - Returns: true for that one model.
    public func isDefault(_ model: ProviderModel) -> Bool {
        let wanted = record.defaultModel
        switch record.slug {
        case .ollama: return model.id == wanted || model.id == wanted + ":latest"
        case .google: return model.id == wanted || "models/" + model.id == wanted
        default: return model.id == wanted
        }
    }
}
