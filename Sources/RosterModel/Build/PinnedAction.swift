import RosterBytes

/// The repository of the action, and one commit of it.
package struct PinnedAction: Hashable, Sendable, CustomStringConvertible {
    /// The owner and the name of the repository, such as `acme/roster`.
    package let repository: String
    /// The full id of the commit: 40 or 64 hexadecimal digits.
    package let commit: String
    /// The version of the program that the action runs; nil when it is not known.
    package let version: String?

    /// Parses `OWNER/NAME@COMMIT`; nil for any other text, such as a tag, which can be moved to another commit.
    package init?(_ text: String, version: String? = nil) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let names = parts[0].split(separator: "/", omittingEmptySubsequences: false)
        guard names.count == 2, names.allSatisfy(Self.isName) else { return nil }
        let commit = parts[1].lowercased()
        guard [40, 64].contains(commit.utf8.count), commit.utf8.allSatisfy(\.isLowercaseHexDigit) else { return nil }
        (repository, self.commit, self.version) = (String(parts[0]), commit, version)
    }

    /// The text that a workflow uses.
    package var description: String { repository + "@" + commit }

    /// The value of `uses:` in a workflow, with the version as a comment.
    package var use: String { description + (version.map { " # v" + $0 } ?? "") }

    private static func isName(_ name: Substring) -> Bool {
        !name.isEmpty && name.utf8.count <= 100 && name != "." && name != ".." && !name.hasPrefix("-")
            && name.utf8.allSatisfy { $0.isASCIILetterOrDigit || [0x2D, 0x2E, 0x5F].contains($0) }
    }
}
