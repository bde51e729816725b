import RosterBackend
import RosterBytes
import RosterDiagnostics
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSources

/// The repository that a registry would be compiled from, whose files are written when they are read.
///
/// The values in a file are in YAML's flow style, which is JSON. The rules for files then apply to a registry, and there is
/// no second list of them.
struct RegistryTree: SourceTree {
    private let registry: Registry
    private let secretHandles: [SecretID: Handle]
    /// The position of each provider and secret by its path.
    private var providers: [String: Int] = [:]
    private var secrets: [String: Int] = [:]
    /// The entries of each folder, in order.
    private var folders: [String: [TreeEntry]] = [:]

    /// Creates a tree of a registry whose ids name records of it, and whose paths differ.
    init(_ registry: Registry) {
        self.registry = registry
        secretHandles = Dictionary(registry.secrets.map { ($0.id, $0.handle) }) { first, _ in first }
        providers.reserveCapacity(registry.providers.count)
        for (position, provider) in registry.providers.enumerated() { providers[provider.source.path] = position }
        for (position, secret) in registry.secrets.enumerated() { secrets[secret.source.path] = position }
        add(registry.providers.lazy.map { ($0.projectID, $0.handle) }, to: FileRole.provider.folder)
        add(registry.secrets.lazy.map { ($0.projectID, $0.handle) }, to: FileRole.secret.folder)
        folders[""] = [
            TreeEntry(name: FileRole.provider.folder, kind: .folder),
            TreeEntry(name: RepositoryLayout.rosterFile, kind: .file),
            TreeEntry(name: FileRole.secret.folder, kind: .folder),
        ]
    }

    private mutating func add(_ records: some Sequence<(ProjectID, Handle)>, to folder: String) {
        let projects = Dictionary(registry.projects.map { ($0.id, $0.handle) }) { first, _ in first }
        var files: [ProjectID: [TreeEntry]] = [:]
        for (project, handle) in records {
            let name = handle.text + RepositoryLayout.recordSuffix
            files[project, default: []].append(TreeEntry(name: name, kind: .file))
        }
        var names: [String] = []
        for (project, entries) in files {
            guard let handle = projects[project] else { continue }
            names.append(handle.text)
            folders["\(folder)/\(handle)"] = Self.sorted(entries)
        }
        folders[folder] = Self.sorted(names.map { TreeEntry(name: $0, kind: .folder) })
    }

    private static func sorted(_ entries: [TreeEntry]) -> [TreeEntry] {
        entries.sorted { $0.name.precedesInBytes($1.name) }
    }

    func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>] {
        folders.map { .success(self.folders[$0.path] ?? []) }
    }

    func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws {
        for index in files.indices {
            let path = files[index].path
            var json = JSONWriter(.compact)
            if path == RepositoryLayout.rosterFile {
                writeRoster(to: &json)
            } else if let position = providers[path] {
                write(registry.providers[position], to: &json)
            } else if let position = secrets[path] {
                write(registry.secrets[position], to: &json)
            }
            // A record may be longer in this style than in its file, so the limit of files does not apply.
            receive(index, .contents(json.bytes, modified: 0))
        }
    }

    /// Writes a provider with a line for each field, which is parsed faster than one line with all of them.
    private func write(_ provider: Provider, to json: inout JSONWriter) {
        func field(_ name: String, _ value: (inout JSONWriter) -> Void) {
            json.encoded(name.utf8)
            value(&json)
            json.endLine()
        }
        field("id: ") { json in json.id(provider.id) }
        field("name: ") { json in json.string(provider.name) }
        field("provider: ") { json in json.string(provider.slug.rawValue) }
        field("defaultModel: ") { json in json.string(provider.defaultModel) }
        field("secret: ") { json in json.string(provider.secretID.flatMap { secretHandles[$0]?.text }) }
        field("baseUrl: ") { json in json.string(provider.baseURL) }
        field("config: ") { json in
            if let config = provider.config { json.value(.object(config)) } else { json.null() }
        }
    }

    private func write(_ secret: Secret, to json: inout JSONWriter) {
        json.object { json in
            json.name("id")
            json.string(secret.id.description)
            RegistryEncoder.writeContents(of: secret, to: &json)
        }
    }

    private func writeRoster(to json: inout JSONWriter) {
        json.object { json in
            json.name("roster")
            json.integer(1)
            json.name("projects")
            json.object { json in
                for project in registry.projects {
                    json.name(escaping: project.handle.text)
                    json.object { json in
                        json.name("id")
                        json.string(project.id.description)
                        json.name("name")
                        json.string(project.name)
                    }
                }
            }
            json.name("sealingKeys")
            RegistryEncoder.write(registry.sealingKeys, to: &json)
            if let access = registry.access {
                json.name("access")
                RegistryEncoder.write(access, to: &json)
            }
        }
    }
}
