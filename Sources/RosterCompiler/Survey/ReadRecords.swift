import RosterDiagnostics
package import RosterJSON
package import RosterModel
package import RosterSources

/// What the files of a tree say, record by record, whether or not there are errors: what a review compares.
///
/// A field that could not be read is nil. A record without an id is none: its file is in ``files``, as broken.
package struct ReadRecords: Sendable {
    /// A file that Roster reads.
    package struct File: Sendable {
        /// Relative to the tree's root.
        package var path: String
        /// The id of the git blob, in a tree that comes from git.
        package var object: String?
        package var role: FileRole
        /// The handle of the project; empty for `roster.yaml`.
        package var project: String
        package var handle: String
        package var state: State
        /// Whether something in it is wrong by itself, so that not all of it may have been read.
        package var hasErrors: Bool
        /// The line of the record's first key, from 1.
        package var line: Int
        /// The rules that comments of the file silence.
        package var suppressions: [String]
        /// Empty when the file could not be opened.
        package var bytes: [UInt8]
    }

    /// What came of a file.
    package enum State: Sendable, Hashable {
        /// It gave no record.
        case broken
        case read
    }

    package struct Project: Sendable, Hashable {
        package var handle: String
        package var id: String
        package var name: String
    }

    package struct Provider: Sendable {
        /// Position in ``ReadRecords/files``.
        package var file: Int
        package var id: String
        package var projectID: String?
        package var name: String?
        package var slug: ProviderSlug?
        package var defaultModel: String?
        /// The handle that it links.
        package var secret: String?
        /// The id of what stands at that handle; nil when that is unknown.
        package var secretID: String?
        package var baseURL: String?
        package var config: JSONObject?
        /// The URLs of its requests; nil when they cannot be told.
        package var endpoint: Endpoint?

        /// The handle as it may be shown: text that no secret is named by is hidden when it is more likely a key.
        package var shownSecret: String? {
            secret.map { secretID == nil ? MaskedText.handle($0) : $0 }
        }
    }

    package struct Secret: Sendable {
        /// Position in ``ReadRecords/files``.
        package var file: Int
        package var id: String
        package var projectID: String?
        package var name: String?
        package var allowedHosts: [String]?
        package var generation: Int64?
        package var fingerprint: String?
        package var rotateBy: CalendarDate?
        package var boxes: [RepositorySurvey.Box]
    }

    /// Those that were looked into.
    package var files: [File] = []
    package var projects: [Project] = []
    package var providers: [Provider] = []
    package var secrets: [Secret] = []
    package var sealingKeys: [RepositorySurvey.SealingKey] = []
    /// Nil when there is no such section.
    package var access: Access?

    /// What a tree without a repository says: nothing.
    package init() {}
}

extension Checked {
    /// What could be read, record by record.
    package var records: ReadRecords {
        var records = ReadRecords()
        let read = files.indices.filter { $0 == 0 || files[$0].isRead }
        var wrong: Set<FileIndex> = []
        for finding in readingFindings.all where finding.severity == .error {
            if case .file(let file, _) = finding.place { wrong.insert(file) }
        }
        records.files = read.map { reviewedFile($0, hasErrors: wrong.contains($0)) }
        let places = Dictionary(uniqueKeysWithValues: read.enumerated().map { ($1, $0) })
        records.projects = model.roster.projects.compactMap { project in
            guard let id = project.id, let name = project.name else { return nil }
            return ReadRecords.Project(
                handle: project.handle.value,
                id: id.value.description,
                name: name.value
            )
        }
        let projectIDs = Dictionary(records.projects.map { ($0.handle, $0.id) }) { first, _ in first }
        for read in model.providers {
            guard let provider = read.declaration?.value, let file = places[provider.file] else { continue }
            guard let id = provider.id else {
                records.files[file].state = .broken
                continue
            }
            records.providers.append(
                ReadRecords.Provider(
                    file: file,
                    id: id.value.description,
                    projectID: projectIDs[model.listing.project(of: provider.file)],
                    name: provider.name?.value,
                    slug: provider.slug?.value,
                    defaultModel: provider.defaultModel?.value,
                    secret: provider.secret.located?.value,
                    secretID: model.secret(linkedBy: read)?.value.id?.value.description,
                    baseURL: provider.baseURL.located?.value,
                    config: provider.config.located?.value.values,
                    endpoint: provider.endpoint
                )
            )
        }
        for secret in model.secrets.map(\.value) {
            guard let file = places[secret.file] else { continue }
            guard let id = secret.id else {
                records.files[file].state = .broken
                continue
            }
            records.secrets.append(
                ReadRecords.Secret(
                    file: file,
                    id: id.value.description,
                    projectID: projectIDs[model.listing.project(of: secret.file)],
                    name: secret.name?.value,
                    allowedHosts: secret.allowedHosts?.value,
                    generation: secret.generation?.value,
                    fingerprint: secret.fingerprint?.value,
                    rotateBy: secret.rotateBy.located?.value,
                    boxes: secret.boxes.map { RepositorySurvey.Box(key: $0.key.value, box: $0.box.value) }
                )
            )
        }
        records.sealingKeys = sealingKeys
        records.access = model.roster.access.map(Access.init)
        return records
    }

    /// The files that Roster reads, read or not, with what identifies their contents: the id of the git object in a tree
    /// that comes from git, and the bytes elsewhere.
    package var fileIdentities: [(path: String, object: String?, bytes: [UInt8])] {
        zip(model.listing.files, files).map { ($0.path, $0.object, $1.bytes) }
    }

    /// How many files are providers, read or not.
    package var providerFileCount: Int { summary.providers }

    /// Project and handle of each provider, read or not.
    package var providerPlaces: [(project: String, handle: String)] {
        model.listing.files.indices.dropFirst().filter { model.listing.role(of: $0) == .provider }
            .map { (model.listing.project(of: $0), model.listing.handle(of: $0)) }
    }

    /// Paths of the files that hold records, read or not, and of the folders that they are in.
    package var recordPaths: Set<String> {
        var paths: Set<String> = []
        for file in model.listing.files { paths.formUnion([file.path, file.folder]) }
        return paths
    }

    private func reviewedFile(_ index: FileIndex, hasErrors: Bool) -> ReadRecords.File {
        let (listed, file) = (model.listing.files[index], files[index])
        var state = ReadRecords.State.read
        if case .broken = file.declaration { state = .broken }
        return ReadRecords.File(
            path: listed.path,
            object: listed.object,
            role: model.listing.role(of: index),
            project: index == 0 ? "" : model.listing.project(of: index),
            handle: index == 0 ? "" : model.listing.handle(of: index),
            state: state,
            hasErrors: hasErrors,
            line: file.firstLine,
            suppressions: file.suppressions.map(\.rule),
            bytes: file.bytes
        )
    }
}
