import Glibc

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
        // Without O_NONBLOCK, opening a named pipe without a writer blocks.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else {
            if !isRequired, errno == ENOENT || errno == ENOTDIR { return nil }
            throw Self.problem(errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw Self.problem(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .init(message: "it is not a regular file") }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16 * 1024)
        while bytes.count <= DockerConfiguration.byteLimit {
            let count = unsafe Glibc.read(descriptor, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.problem(errno) }
            guard count > 0 else { break }
            bytes += part[..<count]
        }
        return bytes
    }

    private static func problem(_ code: Int32) -> DockerConfiguration.Problem {
        switch code {
        case ENOENT, ENOTDIR: .init(message: "it does not exist")
        case EACCES, EPERM: .init(message: "it may not be read by this user")
        default: .init(message: "reading it failed with error \(code) of the system")
        }
    }
}
