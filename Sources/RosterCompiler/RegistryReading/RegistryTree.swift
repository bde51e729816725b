import RosterBackend
import RosterBytes
import RosterDiagnostics
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSources

/// The repository that a registry would be compiled from, its files made as they are read.
///
/// Every record is its file in YAML's flow style, which is JSON. So the rules judge a registry by what they judge files
/// by, and there is no second list of them.
struct RegistryTree: SourceTree {
    private let registry: Registry
    private let projects: [ProjectID: Handle]
    private let secretHandles: [SecretID: Handle]
    /// Positions by path.
    private let providers: [String: Int]
    private let secrets: [String: Int]

    /// A tree of a registry whose ids name records of it, and whose paths differ.
    init(_ registry: Registry) {
        self.registry = registry
        projects = Dictionary(registry.projects.map { ($0.id, $0.handle) }) { first, _ in first }
        secretHandles = Dictionary(registry.secrets.map { ($0.id, $0.handle) }) { first, _ in first }
        providers = Dictionary(registry.providers.enumerated().map { ($1.source.path, $0) }) { first, _ in first }
        secrets = Dictionary(registry.secrets.enumerated().map { ($1.source.path, $0) }) { first, _ in first }
    }

    func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>] {
        folders.map { folder in
            let entries: [TreeEntry]
            switch folder.path {
            case "":
                entries = [
                    TreeEntry(name: "providers", kind: .folder),
                    TreeEntry(name: RepositoryLayout.rosterFile, kind: .file),
                    TreeEntry(name: "secrets", kind: .folder),
                ]
            case "providers": entries = projectFolders(registry.providers.map(\.projectID))
            case "secrets": entries = projectFolders(registry.secrets.map(\.projectID))
            default: entries = files(in: folder.path)
            }
            return .success(entries.sorted { $0.name.precedesInBytes($1.name) })
        }
    }

    private func projectFolders(_ used: [ProjectID]) -> [TreeEntry] {
        Set(used).compactMap { projects[$0].map { TreeEntry(name: $0.text, kind: .folder) } }
    }

    private func files(in folder: String) -> [TreeEntry] {
        let (kind, project) =
            folder.firstIndex(of: "/").map { (folder[..<$0], folder[folder.index(after: $0)...]) } ?? ("", "")
        let handles =
            kind == "providers"
            ? registry.providers.lazy.filter { projects[$0.projectID]?.text[...] == project }.map(\.handle)
            : []
        let secrets =
            kind == "secrets"
            ? registry.secrets.lazy.filter { projects[$0.projectID]?.text[...] == project }.map(\.handle)
            : []
        return (Array(handles) + Array(secrets)).map {
            TreeEntry(name: $0.text + RepositoryLayout.recordSuffix, kind: .file)
        }
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
            // The limits of files are not the registry's: the same text may take more room here than it did there.
            receive(index, .contents(json.bytes, modified: 0))
        }
    }

    private func write(_ provider: Provider, to json: inout JSONWriter) {
        json.object { json in
            json.name("id")
            json.string(provider.id.description)
            json.name("name")
            json.string(provider.name)
            json.name("provider")
            json.string(provider.slug.rawValue)
            json.name("defaultModel")
            json.string(provider.defaultModel)
            json.name("secret")
            json.string(provider.secretID.flatMap { secretHandles[$0]?.text })
            json.name("baseUrl")
            json.string(provider.baseURL)
            json.name("config")
            if let config = provider.config { json.value(.object(config)) } else { json.null() }
        }
    }

    private func write(_ secret: Secret, to json: inout JSONWriter) {
        json.object { json in
            json.name("id")
            json.string(secret.id.description)
            json.name("name")
            json.string(secret.name)
            json.name("allowedHosts")
            json.strings(secret.allowedHosts)
            json.name("generation")
            json.integer(secret.generation)
            json.name("fingerprint")
            json.string(secret.fingerprint)
            json.name("rotateBy")
            json.string(secret.rotateBy?.description)
            json.name("boxes")
            RegistryEncoder.write(secret.boxes, to: &json)
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
