import RosterModel
package import SealedBoxes

/// A secret's file whose fields differ from the sealed claims: it was edited by hand, moved or copied.
///
/// `check` cannot detect it, since it opens no box.
package struct ChangedSecretFile {
    private let name: String
    private let path: String
    private let file: SecretClaims
    private let sealed: SecretClaims
    private let differences: [Difference]

    /// A field, and its text in the file and in the box.
    private struct Difference {
        var field: String
        var written: String
        var sealed: String

        init?(_ field: String, _ written: String, _ sealed: String) {
            guard written != sealed else { return nil }
            self.field = field
            self.written = written
            self.sealed = sealed
        }
    }

    /// Compares a file with the sealed claims; nil when they are equal.
    ///
    /// The name is the secret's `<project>/<handle>`, and the path of its file is relative to the repository.
    package init?(
        _ name: String,
        path: String,
        file: SecretClaims,
        fingerprint: String,
        sealed: (claims: SecretClaims, fingerprint: String)
    ) {
        let claims = sealed.claims
        let hosts = [file.allowedHosts, claims.allowedHosts].map { "[\($0.sorted().joined(separator: ", "))]" }
        let differences = [
            Difference("id", file.secretID, claims.secretID),
            Difference("project", file.projectID, claims.projectID),
            Difference("allowedHosts", hosts[0], hosts[1]),
            Difference("generation", "\(file.generation)", "\(claims.generation)"),
            Difference("fingerprint", fingerprint, sealed.fingerprint),
        ].compactMap(\.self)
        guard !differences.isEmpty else { return nil }
        self.name = name
        self.path = path
        self.file = file
        self.sealed = claims
        self.differences = differences
    }

    /// One sentence without a full stop.
    package var message: String {
        let fields = differences.map { "\($0.field) is \($0.written), and \($0.sealed) is sealed" }
        return "\(name) does not open, because its file was changed after sealing: \(fields.joined(separator: "; "))"
    }

    /// The advice.
    package var help: String {
        let history = "git log -p -- \(ShellArgument.quoted(path))"
        guard file.projectID == sealed.projectID else {
            return
                "move the file back to the folder of the project with the id \(sealed.projectID), or restore this id in "
                + "roster.yaml (see \(history)); otherwise seal the key again: roster secret set \(name)\(hosts)"
        }
        let written = differences.map { "\($0.field): \($0.sealed)" }.joined(separator: ", ")
        guard file.secretID == sealed.secretID else {
            // Only a different value has a different fingerprint: then the box is wrong, and not the id.
            guard differences.contains(where: { $0.field == "fingerprint" }) else {
                return "restore \(written), or the whole file when its box is that of another secret (see \(history))"
            }
            return "the box was copied from another secret: restore the file (see \(history))"
        }
        let restore = "restore \(written) (see \(history))"
        guard file.allowedHosts.sorted() != sealed.allowedHosts.sorted() else { return restore }
        return "\(restore); to use other hosts, restore it first, then: roster secret reseal \(name)\(hosts)"
    }

    private var hosts: String { file.allowedHosts.map { " --host \(ShellArgument.quoted($0))" }.joined() }
}
