/// The file with the credentials of registries, which is read again for every use, since mounts replace it.
package struct OCICredentials: Hashable, Sendable {
    /// The path; nil to use none.
    package let path: String?
    /// A Boolean value that indicates whether the file must exist.
    package let isRequired: Bool

    package init(path: String?, isRequired: Bool) { (self.path, self.isRequired) = (path, isRequired) }

    /// No credentials.
    package static let none = OCICredentials(path: nil, isRequired: false)

    /// Selects the file: the one that is named, or else that of Docker.
    ///
    /// - Parameters:
    ///   - file: the value of `--auth-file`.
    ///   - environment: the environment variables, of which `DOCKER_CONFIG` and `HOME` are used.
    package init(file: String?, environment: [String: String]) {
        if let file {
            self.init(path: file, isRequired: true)
        } else if let folder = environment["DOCKER_CONFIG"], !folder.isEmpty {
            self.init(path: folder + "/config.json", isRequired: false)
        } else {
            let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
            self.init(path: home.map { $0 + "/.docker/config.json" }, isRequired: false)
        }
    }

    /// Reads the file and finds the credentials of a repository.
    package func entry(for reference: OCIReference) throws(DockerConfiguration.Problem) -> DockerConfiguration.Entry {
        guard let path, let bytes = try read(path) else { return .none(program: nil) }
        return try DockerConfiguration(bytes).entry(for: reference)
    }

    /// Reads the file; returns nil when it may be missing and is.
    private func read(_ path: String) throws(DockerConfiguration.Problem) -> [UInt8]? {
        do throws(FileProblem) {
            return try ReadFile(path).whole(limit: DockerConfiguration.byteLimit)
        } catch {
            if !isRequired, error.isMissing { return nil }
            throw DockerConfiguration.Problem(message: error.reason)
        }
    }
}
