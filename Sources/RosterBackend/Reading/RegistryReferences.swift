import RosterModel

/// The references between the records of a registry.
enum RegistryReferences {
    /// Sorts the records, and checks that their ids and paths are unique and name records that exist.
    static func check(_ registry: inout Registry) throws(RegistryProblem) {
        var projects: [ProjectID: Handle] = [:]
        for project in registry.projects {
            guard projects.updateValue(project.handle, forKey: project.id) == nil else {
                throw RegistryProblem(.reference, "projects", "the id \(project.id) appears twice")
            }
        }
        var secrets: [SecretID: ProjectID] = [:]
        var paths: Set<String> = []
        for (index, secret) in registry.secrets.enumerated() {
            let place = RegistryPlace.document.member("secrets").element(index)
            let project = try handle(of: secret.projectID, projects, place)
            try check(secret.source, is: "secrets/\(project)/\(secret.handle).yaml", &paths, place)
            guard secrets.updateValue(secret.projectID, forKey: secret.id) == nil else {
                throw place.member("id").problem(.reference, "the id \(secret.id) appears twice")
            }
        }
        for (index, provider) in registry.providers.enumerated() {
            let place = RegistryPlace.document.member("providers").element(index)
            let project = try handle(of: provider.projectID, projects, place)
            try check(provider.source, is: "providers/\(project)/\(provider.handle).yaml", &paths, place)
            guard let secret = provider.secretID else { continue }
            guard let owner = secrets[secret] else {
                throw place.member("secretId").problem(.reference, "there is no secret \(secret)")
            }
            guard owner == provider.projectID else {
                throw place.member("secretId").problem(.reference, "\(secret) belongs to another project")
            }
        }
        registry.projects.sort { $0.handle < $1.handle }
        func key(_ project: ProjectID, _ handle: Handle) -> (Handle, Handle) { (projects[project] ?? handle, handle) }
        registry.providers.sort { key($0.projectID, $0.handle) < key($1.projectID, $1.handle) }
        registry.secrets.sort { key($0.projectID, $0.handle) < key($1.projectID, $1.handle) }
    }

    private static func handle(
        of project: ProjectID,
        _ projects: [ProjectID: Handle],
        _ place: RegistryPlace
    ) throws(RegistryProblem) -> Handle {
        guard let handle = projects[project] else {
            throw place.member("projectId").problem(.reference, "there is no project \(project)")
        }
        return handle
    }

    private static func check(
        _ source: Registry.Source,
        is path: String,
        _ paths: inout Set<String>,
        _ place: RegistryPlace
    ) throws(RegistryProblem) {
        guard source.path == path else {
            throw place.member("source").problem(.reference, "the path must be \(path)")
        }
        guard paths.insert(path).inserted else { throw place.problem(.reference, "\(path) appears twice") }
    }
}
