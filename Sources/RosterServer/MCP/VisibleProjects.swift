import RosterJSON
import RosterModel

/// The projects in which a caller may list a provider; all of them for a caller who has the files.
struct VisibleProjects {
    private let registry: Registry
    /// The number of providers that the caller may list, by project.
    private let counts: [ProjectID: Int]
    private let hasFiles: Bool

    init(_ caller: Caller, _ snapshot: Snapshot) {
        registry = snapshot.registry
        hasFiles = caller.hasFiles
        var counts: [ProjectID: Int] = [:]
        for position in ProviderList.positions(ListQuery(), for: caller.view, in: registry) {
            counts[registry.providers[position].projectID, default: 0] += 1
        }
        self.counts = counts
    }

    private func isVisible(_ id: ProjectID) -> Bool { hasFiles || counts[id] != nil }

    /// The array of the projects, in the registry's order.
    var encodedProjects: [UInt8] {
        var json = JSONWriter(.compact)
        json.array(of: registry.projects.filter { isVisible($0.id) }) { project, json in
            ProjectList.write(project, count: counts[project.id] ?? 0, to: &json)
        }
        return json.bytes
    }

    /// Returns the array of the secrets of the visible projects, or of one of them, in the registry's order.
    ///
    /// - Parameter filter: the projects.
    /// - Returns: the JSON of the array.
    /// - Throws: ``Problem``, the same for a missing project and a hidden one.
    func encodedSecrets(of filter: ToolArguments.ProjectFilter) throws(Problem) -> [UInt8] {
        var wanted: ProjectID?
        switch filter {
        case .all: break
        case .one(let project) where isVisible(project.id): wanted = project.id
        case .one, .unknown: throw .noSuchProject
        }
        let handles = Dictionary(registry.projects.map { ($0.id, $0.handle.text) }) { first, _ in first }
        let secrets = registry.secrets.filter { isVisible($0.projectID) && (wanted == nil || wanted == $0.projectID) }
        var json = JSONWriter(.compact)
        json.array(of: secrets) { secret, json in
            json.object { json in
                json.name("id")
                json.string(secret.id.description)
                json.name("project")
                json.string(handles[secret.projectID])
                json.name("handle")
                json.string(secret.handle.text)
                json.name("name")
                json.string(secret.name)
                json.name("allowedHosts")
                json.strings(secret.allowedHosts.map(\.text))
                json.name("rotateBy")
                json.string(secret.rotateBy?.description)
            }
        }
        return json.bytes
    }
}
