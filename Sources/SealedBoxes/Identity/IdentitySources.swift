import Glibc

/// The places where identities are looked for; the first that is given counts.
package struct IdentitySources {
    /// Paths given on the command line.
    package var files: [String]
    /// The value of an environment variable that is no secret, nil when it is not set.
    package var environment: (_ name: String) -> String?

    /// A variable that holds the text itself; environments leak.
    package static let textVariable = "ROSTER_IDENTITY"
    /// The name of a systemd credential.
    package static let credentialName = "roster-identity"

    /// Makes the list of places.
    package init(files: [String], environment: @escaping (_ name: String) -> String?) {
        self.files = files
        self.environment = environment
    }

    /// Why no identity could be had.
    package enum Problem: Error, Hashable, Sendable {
        case file(path: String, IdentityFile.Problem)
        /// The text in ``textVariable`` is none.
        case variable(Identity.Problem)
    }

    /// Where ``load(for:)`` looks, and `key generate` writes: a file named by the key's id.
    package var folder: String? {
        if let base = environment("XDG_CONFIG_HOME"), base.hasPrefix("/") { return base + "/roster/identities" }
        return environment("HOME").map { $0 + "/.config/roster/identities" }
    }

    /// The identities of the first place that is given; in the user's own folder, those of the keys that are named.
    package func load(for keys: [String]) throws(Problem) -> IdentityRing {
        var ring = IdentityRing()
        if !files.isEmpty {
            for path in files { ring.add(try Self.read(path)) }
        } else if let path = environment("ROSTER_IDENTITY_FILE"), !path.isEmpty {
            ring.add(try Self.read(path))
        } else if let folder = environment("CREDENTIALS_DIRECTORY"), !folder.isEmpty,
            unsafe access(folder + "/" + Self.credentialName, F_OK) == 0
        {
            ring.add(try Self.read(folder + "/" + Self.credentialName, isGroupAllowed: true))
        } else if let text = try Self.textFromEnvironment() {
            do { ring.add(try Identity(text: text)) } catch { throw .variable(error) }
        } else if let folder {
            for key in keys where unsafe access(folder + "/" + key, F_OK) == 0 {
                ring.add(try Self.read(folder + "/" + key))
            }
        }
        return ring
    }

    private static func read(_ path: String, isGroupAllowed: Bool = false) throws(Problem) -> Identity {
        do {
            return try IdentityFile.read(path, isGroupAllowed: isGroupAllowed)
        } catch { throw .file(path: path, error) }
    }

    /// Copies the variable's text from the process's environment straight into secret memory; nil when it has none.
    ///
    /// A text that cannot be taken is an error: another identity would be used unnoticed otherwise.
    private static func textFromEnvironment() throws(Problem) -> SecretBytes? {
        guard let value = unsafe getenv(textVariable) else { return nil }
        let length = unsafe strlen(value)
        guard length > 0 else { return nil }
        guard length <= Identity.textLimit else { throw .file(path: textVariable, .tooLong) }
        do {
            return unsafe try SecretBytes(copying: UnsafeRawBufferPointer(start: value, count: length))
        } catch { throw .variable(.noMemory) }
    }
}
