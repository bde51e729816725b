import RosterDiagnostics
package import RosterFrontend
package import RosterJSON
package import RosterModel
package import RosterSources

/// The records of a repository that could be read, whether or not it has errors.
///
/// A field that could not be read is nil. A provider or secret without an id has no record here: its file is in
/// ``files``, as broken.
package struct PartialRegistry: Sendable {
    /// A file of the repository.
    package struct File: Sendable {
        /// The path, relative to the tree's root.
        package var path: String
        /// The id of the git blob, in a tree that comes from git.
        package var object: String?
        package var role: FileRole
        /// The handle of the project; empty for `roster.yaml`.
        package var project: String
        package var handle: String
        package var state: State
        /// A Boolean value that indicates whether the file itself has an error, so that parts of it may be missing.
        package var hasErrors: Bool
        /// The line of the record's first key, from 1.
        package var line: Int
        /// The rules that comments of the file silence.
        package var suppressions: [String]
        /// The bytes; empty when the file could not be opened.
        package var bytes: [UInt8]
    }

    /// The state of a file.
    package enum State: Sendable, Hashable {
        /// The file has no readable record.
        case broken
        case read
    }

    /// A project of `roster.yaml`.
    package struct Project: Sendable, Hashable {
        package var handle: String
        package var id: String
        package var name: String
    }

    /// A sealing key of `roster.yaml`.
    package struct SealingKey: Sendable, Hashable {
        package var id: SealingKeyID
        /// The public key as it is written: base64 of 32 bytes, when it is valid.
        package var publicKey: String
        package var name: String
        package var isRetired: Bool

        /// Creates a key.
        package init(id: SealingKeyID, publicKey: String, name: String, isRetired: Bool = false) {
            (self.id, self.publicKey, self.name, self.isRetired) = (id, publicKey, name, isRetired)
        }
    }

    /// An entry of a secret's `boxes`.
    package struct Box: Sendable, Hashable {
        package var key: SealingKeyID
        /// The box in canonical base64.
        package var box: String
    }

    /// A provider.
    package struct Provider: Sendable {
        /// The position in ``PartialRegistry/files``.
        package var file: Int
        package var id: String
        package var projectID: String?
        package var name: String?
        package var slug: ProviderSlug?
        package var defaultModel: String?
        /// The handle of the secret that it links.
        package var secret: String?
        /// The id of the secret at that handle; nil when it is unknown.
        package var secretID: String?
        package var baseURL: String?
        package var config: JSONObject?
        /// The URLs of its requests; nil when they are unknown.
        package var endpoint: Endpoint?
        /// The model of an azure deployment, where `config.model` names it.
        package var deployedModel: String?

        /// The handle as it may be shown: text that names no secret is hidden when it is more likely a key.
        package var shownSecret: String? {
            secret.map { secretID == nil ? MaskedText.handle($0) : $0 }
        }
    }

    /// A secret.
    package struct Secret: Sendable {
        /// The position in ``PartialRegistry/files``.
        package var file: Int
        package var id: String
        package var projectID: String?
        package var name: String?
        package var allowedHosts: [AllowedHost]?
        package var generation: Int64?
        package var fingerprint: Fingerprint?
        package var rotateBy: CalendarDate?
        package var boxes: [Box]
    }

    /// The files that were read.
    package var files: [File] = []
    package var projects: [Project] = []
    package var providers: [Provider] = []
    package var secrets: [Secret] = []
    package var sealingKeys: [SealingKey] = []
    /// The access rules; nil when there is no such section.
    package var access: Access?
    /// The catalogue that models are compared with.
    package var models = ModelsFile.builtIn
    /// The number of days before its retirement within which a model is reported; nil for the default.
    package var warnWithin: Int?
    /// The day that dates are compared with; nil without a repository.
    package var today: CalendarDate?

    /// Creates the registry of a tree without a repository.
    package init() {}
}

extension PartialRegistry {
    /// Collects the records of a repository; `findings` are those in single files.
    package init(_ repository: LinkedRepository, files checked: [CheckedFile], _ findings: Findings) {
        let read = checked.indices.filter { $0 == 0 || checked[$0].isRead }
        var wrong: Set<FileIndex> = []
        for finding in findings.all where finding.severity == .error {
            if case .file(let file, _) = finding.place { wrong.insert(file) }
        }
        files = read.map { File($0, checked[$0], in: repository.listing, hasErrors: wrong.contains($0)) }
        projects = repository.roster.projects.compactMap { project in
            guard let id = project.id, let name = project.name else { return nil }
            return Project(handle: project.handle.value, id: id.value.description, name: name.value)
        }
        sealingKeys = repository.roster.sealingKeys.map(SealingKey.init)
        access = repository.roster.access.map(Access.init)
        (models, today) = (repository.models, repository.today)
        warnWithin = repository.roster.models?.warnWithin?.value
        let places = Dictionary(uniqueKeysWithValues: read.enumerated().map { ($1, $0) })
        let projectIDs = Dictionary(projects.map { ($0.handle, $0.id) }) { first, _ in first }
        for linked in repository.providers {
            guard let provider = linked.declaration?.value, let file = places[provider.file] else { continue }
            guard let id = provider.id else {
                files[file].state = .broken
                continue
            }
            providers.append(
                Provider(
                    file: file,
                    id: id.value.description,
                    projectID: projectIDs[repository.listing.project(of: provider.file)],
                    name: provider.name?.value,
                    slug: provider.slug?.value,
                    defaultModel: provider.defaultModel?.value,
                    secret: provider.secret.located?.value,
                    secretID: repository.secret(linkedBy: linked)?.value.id?.value.description,
                    baseURL: provider.baseURL.located?.value,
                    config: provider.config.located?.value.values,
                    endpoint: provider.endpoint,
                    deployedModel: provider.deployedModel?.value
                )
            )
        }
        for secret in repository.secrets.lazy.map(\.value) {
            guard let file = places[secret.file] else { continue }
            guard let id = secret.id else {
                files[file].state = .broken
                continue
            }
            secrets.append(
                Secret(
                    file: file,
                    id: id.value.description,
                    projectID: projectIDs[repository.listing.project(of: secret.file)],
                    name: secret.name?.value,
                    allowedHosts: secret.allowedHosts?.value,
                    generation: secret.generation?.value,
                    fingerprint: secret.fingerprint?.value,
                    rotateBy: secret.rotateBy.located?.value,
                    boxes: secret.boxes.map(Box.init)
                )
            )
        }
    }
}

extension PartialRegistry.File {
    fileprivate init(_ index: FileIndex, _ file: CheckedFile, in listing: Listing, hasErrors: Bool) {
        let listed = listing.files[index]
        var state = PartialRegistry.State.read
        if case .broken = file.record { state = .broken }
        self.init(
            path: listed.path,
            object: listed.object,
            role: listing.role(of: index),
            project: index == 0 ? "" : listing.project(of: index),
            handle: index == 0 ? "" : listing.handle(of: index),
            state: state,
            hasErrors: hasErrors,
            line: file.firstLine,
            suppressions: file.suppressions.map(\.rule),
            bytes: file.bytes
        )
    }
}

extension PartialRegistry.SealingKey {
    init(_ key: SealingKeyDeclaration) {
        self.init(id: key.id.value, publicKey: key.publicKey.value, name: key.name, isRetired: key.isRetired)
    }
}

extension PartialRegistry.Box {
    init(_ box: BoxDeclaration) { self.init(key: box.key.value, box: box.box.value) }
}
