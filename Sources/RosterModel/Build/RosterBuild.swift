/// The build of a program: its version, and where it comes from.
package struct RosterBuild: Hashable, Sendable {
    /// The version, such as `0.2.0`.
    package var version: String
    /// The full id of the commit that it was built from; nil in a development build.
    package var commit: String?
    /// The date of the commit; nil in a development build.
    package var date: String?
    /// The action that new repositories pin; nil in a development build.
    package var action: PinnedAction?

    /// Creates the description of a build.
    package init(version: String, commit: String? = nil, date: String? = nil, action: PinnedAction? = nil) {
        (self.version, self.commit, self.date, self.action) = (version, commit, date, action)
    }

    /// The build of this program.
    package static let current = RosterBuild(
        version: RosterVersion.text,
        commit: ReleaseConstants.commit.isEmpty ? nil : ReleaseConstants.commit,
        date: ReleaseConstants.date.isEmpty ? nil : ReleaseConstants.date,
        action: PinnedAction(
            ReleaseConstants.action,
            version: ReleaseConstants.actionVersion.isEmpty ? nil : ReleaseConstants.actionVersion
        )
    )

    /// The line that `roster --version` prints, which begins with the version.
    package var text: String {
        let origin = commit.map { "commit \($0), build" } ?? "development build"
        return "\(version) (\(([origin, date, Self.platform] as [String?]).compactMap(\.self).joined(separator: " ")))"
    }

    /// The system and the architecture, as the names of archives have them.
    package static var platform: String {
        #if arch(x86_64)
            "linux-x86_64"
        #elseif arch(arm64)
            "linux-aarch64"
        #else
            "linux"
        #endif
    }
}
