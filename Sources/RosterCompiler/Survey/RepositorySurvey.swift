package import RosterModel
import RosterSources

/// What could be read of a repository, whether or not there are errors in it: what an edit starts from.
package struct RepositorySurvey: Sendable {
    /// A project of `roster.yaml`.
    package struct Project: Sendable, Hashable {
        package var handle: String
        package var id: String
    }

    /// A sealing key of `roster.yaml`.
    package struct SealingKey: Sendable, Hashable {
        package var id: String
        /// As it is written: base64 of 32 bytes, when all is well.
        package var publicKey: String
        package var name: String
        package var isRetired: Bool

        /// Makes an active key.
        package init(id: String, publicKey: String, name: String, isRetired: Bool = false) {
            (self.id, self.publicKey, self.name, self.isRetired) = (id, publicKey, name, isRetired)
        }
    }

    /// A provider, as far as a secret's is concerned.
    package struct Provider: Sendable, Hashable {
        package var project: String
        package var handle: String
        package var id: String?
        package var slug: ProviderSlug?
        package var secret: String?
        /// The URLs of its requests; nil when they cannot be told.
        package var endpoint: Endpoint?
        /// Whether that comes from a `baseUrl` of its own.
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
        package var allowedHosts: [String]
        package var generation: Int64
        package var fingerprint: String
        package var rotateBy: CalendarDate?
        package var boxes: [Box]
        package var path: String

        /// `<project>/<handle>`.
        package var fullName: String { project + "/" + handle }
    }

    /// An entry of a secret's `boxes`.
    package struct Box: Sendable, Hashable {
        package var key: String
        /// Canonical base64.
        package var box: String
    }

    package var projects: [Project] = []
    package var sealingKeys: [SealingKey] = []
    package var providers: [Provider] = []
    package var secrets: [Secret] = []
    /// Secrets' files that could not be read whole, as `<project>/<handle>`.
    package var unreadableSecrets: [String] = []
}

extension Checked {
    /// The sealing keys of `roster.yaml` that could be read, in its order.
    var sealingKeys: [RepositorySurvey.SealingKey] {
        model.roster.sealingKeys.map {
            RepositorySurvey.SealingKey(
                id: $0.id.value,
                publicKey: $0.publicKey.value,
                name: $0.name,
                isRetired: $0.isRetired
            )
        }
    }

    /// What could be read, ordered as the registry orders it.
    package var survey: RepositorySurvey {
        precondition(kept.contains(.values), "the records' values were not kept")
        var survey = RepositorySurvey()
        survey.projects = model.roster.projects.compactMap { project in
            project.id.map { RepositorySurvey.Project(handle: project.handle.value, id: $0.value.description) }
        }
        survey.sealingKeys = sealingKeys
        survey.providers = model.providers.compactMap { $0.declaration?.value }.map { provider in
            RepositorySurvey.Provider(
                project: model.listing.project(of: provider.file),
                handle: model.listing.handle(of: provider.file),
                id: provider.id?.value.description,
                slug: provider.slug?.value,
                secret: provider.secret.located?.value,
                endpoint: provider.endpoint,
                hasOwnBaseURL: !provider.baseURL.isAbsent,
                path: model.listing.files[provider.file].path
            )
        }
        let projectIDs = Dictionary(survey.projects.map { ($0.handle, $0.id) }) { first, _ in first }
        for file in model.listing.files.indices.dropFirst() where model.listing.role(of: file) == .secret {
            let (project, handle) = (model.listing.project(of: file), model.listing.handle(of: file))
            guard case .secret(let secret) = files[file].declaration,
                let whole = RepositorySurvey.Secret(
                    secret.value,
                    project: project,
                    projectID: projectIDs[project],
                    handle: handle,
                    path: model.listing.files[file].path
                )
            else {
                survey.unreadableSecrets.append(project + "/" + handle)
                continue
            }
            survey.secrets.append(whole)
        }
        return survey
    }
}

extension RepositorySurvey.Secret {
    fileprivate init?(
        _ secret: SecretDeclaration,
        project: String,
        projectID: String?,
        handle: String,
        path: String
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
            boxes: secret.boxes.map { RepositorySurvey.Box(key: $0.key.value, box: $0.box.value) },
            path: path
        )
    }
}
