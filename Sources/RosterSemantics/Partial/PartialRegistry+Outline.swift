import RosterFrontend
package import RosterModel
import RosterSources

extension PartialRegistry {
    /// The parts of a partial registry that an edit starts from: with providers that have no id, and with secrets only if
    /// every field of them could be read.
    package struct Outline: Sendable {
        /// A project of `roster.yaml`.
        package struct Project: Sendable, Hashable {
            package var handle: String
            package var id: String
        }

        /// A provider, as far as its secret is concerned.
        package struct Provider: Sendable, Hashable {
            package var project: String
            package var handle: String
            package var id: String?
            package var slug: ProviderSlug?
            package var secret: String?
            /// The URLs of its requests; nil when they are unknown.
            package var endpoint: Endpoint?
            /// A Boolean value that indicates whether the provider has a `baseUrl`.
            package var hasOwnBaseURL: Bool
            package var path: String
        }

        /// A secret whose every field could be read.
        package struct Secret: Sendable, Hashable {
            package var project: String
            package var projectID: String
            package var handle: String
            package var id: String
            package var name: String
            package var allowedHosts: [AllowedHost]
            package var generation: Int64
            package var fingerprint: Fingerprint
            package var rotateBy: CalendarDate?
            package var boxes: [Box]
            package var path: String

            /// The secret's `<project>/<handle>`.
            package var fullName: String { project + "/" + handle }
        }

        package var projects: [Project] = []
        package var sealingKeys: [SealingKey] = []
        package var providers: [Provider] = []
        package var secrets: [Secret] = []
        /// The `<project>/<handle>` of secrets that could not be read completely.
        package var unreadableSecrets: [String] = []
    }
}

extension PartialRegistry.Outline {
    /// Collects the records of a repository, in the order of the registry.
    package init(_ repository: LinkedRepository, files: [CheckedFile]) {
        let listing = repository.listing
        projects = repository.roster.projects.compactMap { project in
            project.id.map { Project(handle: project.handle.value, id: $0.value.description) }
        }
        sealingKeys = repository.roster.sealingKeys.map(PartialRegistry.SealingKey.init)
        providers = repository.providers.compactMap { $0.declaration?.value }.map { provider in
            Provider(
                project: listing.project(of: provider.file),
                handle: listing.handle(of: provider.file),
                id: provider.id?.value.description,
                slug: provider.slug?.value,
                secret: provider.secret.located?.value,
                endpoint: provider.endpoint,
                hasOwnBaseURL: !provider.baseURL.isAbsent,
                path: listing.files[provider.file].path
            )
        }
        let projectIDs = Dictionary(projects.map { ($0.handle, $0.id) }) { first, _ in first }
        for file in listing.files.indices.dropFirst() where listing.role(of: file) == .secret {
            let (project, path) = (listing.project(of: file), listing.files[file].path)
            guard case .secret(let secret) = files[file].record,
                let whole = Secret(secret.value, project, projectIDs[project], listing.handle(of: file), path)
            else {
                unreadableSecrets.append(listing.fullName(of: file))
                continue
            }
            secrets.append(whole)
        }
    }
}

extension PartialRegistry.Outline.Secret {
    fileprivate init?(
        _ secret: SecretDeclaration,
        _ project: String,
        _ projectID: String?,
        _ handle: String,
        _ path: String
    ) {
        guard let projectID, let id = secret.id, let name = secret.name, let hosts = secret.allowedHosts,
            let generation = secret.generation, let fingerprint = secret.fingerprint, secret.areBoxesWhole
        else { return nil }
        self.init(
            project: project,
            projectID: projectID,
            handle: handle,
            id: id.value.description,
            name: name.value,
            allowedHosts: hosts.value,
            generation: generation.value,
            fingerprint: fingerprint.value,
            rotateBy: secret.rotateBy.located?.value,
            boxes: secret.boxes.map(PartialRegistry.Box.init),
            path: path
        )
    }
}
