package import RosterFrontend
package import RosterSources

/// A provider's `secret` that names no secret of its project.
package struct UnresolvedLink: Sendable {
    /// The provider's file.
    package var file: FileIndex
    /// The text at `secret`.
    package var text: Located<String>
    /// A Boolean value that indicates whether the text is a handle, so that only the secret is missing.
    package var isHandle: Bool
}
