import Glibc

/// The sources of identities, of which the first given one is used.
package struct IdentitySources {
    /// Paths given on the command line.
    package var files: [String]
    /// The value of an environment variable that is not secret, nil when it is not set.
    package var environment: (_ name: String) -> String?
    /// The variables that ``textVariable`` is read from.
    private let variables: EnvironmentVariables
    /// The folder that relative paths are resolved against; nil for the process's own.
    private let currentFolder: String?

    /// A variable that holds the text itself; environments leak.
    package static let textVariable = "ROSTER_IDENTITY"
    /// The name of a systemd credential.
    package static let credentialName = "roster-identity"

    /// Creates the list of sources; ``textVariable`` is read from the process's own environment.
    package init(files: [String], environment: @escaping (_ name: String) -> String?) {
        self.files = files
        self.environment = environment
        variables = .process
        currentFolder = nil
    }

    /// Creates the list of sources of an environment and a current folder.
    package init(files: [String], variables: EnvironmentVariables, currentFolder: String) {
        self.files = files
        environment = variables.value
        self.variables = variables
        self.currentFolder = currentFolder
    }

    /// The reason why no identity could be loaded.
    package enum Problem: Error, Hashable, Sendable {
        case file(path: String, IdentityFile.Problem)
        /// The text in ``textVariable`` is not an identity.
        case variable(Identity.Problem)
    }

    /// The folder of ``load(for:)`` and `key generate`, in which files are named by the key's id.
    package var folder: String? {
        if let base = environment("XDG_CONFIG_HOME"), base.hasPrefix("/") { return base + "/roster/identities" }
        return environment("HOME").map { $0 + "/.config/roster/identities" }
    }

    /// Returns the identities of the first given source; in the user's own folder, those of `keys` only.
    package func load(for keys: [String]) throws(Problem) -> IdentityRing {
        var ring = IdentityRing()
        if !files.isEmpty {
            for path in files { ring.add(try read(path)) }
        } else if let path = environment("ROSTER_IDENTITY_FILE"), !path.isEmpty {
            ring.add(try read(path))
        } else if let folder = environment("CREDENTIALS_DIRECTORY"), !folder.isEmpty,
            unsafe access(resolved(folder + "/" + Self.credentialName), F_OK) == 0
        {
            ring.add(try read(folder + "/" + Self.credentialName, isGroupAllowed: true))
        } else if let text = try textFromEnvironment() {
            do { ring.add(try Identity(text: text)) } catch { throw .variable(error) }
        } else if let folder {
            for key in keys where unsafe access(resolved(folder + "/" + key), F_OK) == 0 {
                ring.add(try read(folder + "/" + key))
            }
        }
        return ring
    }

    /// Returns a path that does not depend on the process's own folder.
    private func resolved(_ path: String) -> String {
        guard let currentFolder, !path.hasPrefix("/") else { return path }
        return currentFolder + "/" + path
    }

    private func read(_ path: String, isGroupAllowed: Bool = false) throws(Problem) -> Identity {
        do {
            return try IdentityFile.read(resolved(path), isGroupAllowed: isGroupAllowed)
        } catch { throw .file(path: path, error) }
    }

    /// Copies the variable's text from the environment straight into secret memory; nil when it is empty or not set.
    ///
    /// An invalid text is an error: otherwise another identity would be used without notice.
    private func textFromEnvironment() throws(Problem) -> SecretBytes? {
        try unsafe variables.withValue(of: Self.textVariable) { (value) throws(Problem) in
            guard let value = unsafe value else { return nil }
            let length = unsafe strlen(value)
            guard length > 0 else { return nil }
            guard length <= Identity.textLimit else { throw .file(path: Self.textVariable, .tooLong) }
            do {
                return unsafe try SecretBytes(copying: UnsafeRawBufferPointer(start: value, count: length))
            } catch { throw .variable(.noMemory) }
        }
    }
}
