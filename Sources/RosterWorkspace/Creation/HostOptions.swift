import RosterBytes
package import RosterModel

/// The choices for the files that the host and the editors of a new repository read.
package struct HostOptions: Sendable {
    /// The action that workflows and hooks pin; nil when no commit of it is known.
    package var action: PinnedAction?
    /// A Boolean value that indicates whether GitLab's pipeline is written.
    package var hasGitLab: Bool
    /// A Boolean value that indicates whether the configuration of pre-commit is written.
    package var hasPreCommit: Bool
    /// A Boolean value that indicates whether the settings of VS Code are written.
    package var hasVSCode: Bool
    /// The users, teams and addresses that must approve changes; empty for no CODEOWNERS.
    package var owners: [String]

    /// Checks the choices.
    ///
    /// Without a named action it is that of the build. An owner may be a list that is separated by commas or spaces.
    ///
    /// - Throws: ``WorkspaceFailure`` with ``WorkspaceFailure/Code/usage``.
    package init(
        action: String?,
        build: RosterBuild,
        hasGitLab: Bool,
        hasPreCommit: Bool,
        hasVSCode: Bool,
        owners: [String]
    ) throws(WorkspaceFailure) {
        self.action = try action.map(Self.parse) ?? build.action
        (self.hasGitLab, self.hasPreCommit, self.hasVSCode) = (hasGitLab, hasPreCommit, hasVSCode)
        self.owners = owners.flatMap { $0.split { $0 == "," || $0 == " " }.map(String.init) }
        for owner in self.owners where !Self.isOwner(owner) {
            throw WorkspaceFailure(
                .usage,
                "\"\(owner)\" is not the name of an owner",
                help: "name a user, a team or an address: --owners @alice, --owners @acme/platform"
            )
        }
        if self.action == nil, hasGitLab || hasPreCommit {
            throw WorkspaceFailure(
                .usage,
                "\(hasGitLab ? "--gitlab" : "--pre-commit") needs a commit of Roster's repository, and this "
                    + "development build knows none",
                help: Self.help
            )
        }
    }

    /// The remedy when no commit of the action is known.
    package static let help =
        "name the repository and a full commit that you have read: --action OWNER/roster@COMMIT"

    private static func parse(_ text: String) throws(WorkspaceFailure) -> PinnedAction {
        if let action = PinnedAction(text) { return action }
        throw WorkspaceFailure(
            .usage,
            "\"\(text)\" is not a repository and a full commit",
            help: "name 40 hexadecimal digits, since a tag or branch can be moved: --action OWNER/roster@COMMIT"
        )
    }

    private static func isOwner(_ text: String) -> Bool {
        if text.hasPrefix("@") {
            // A user, or an organization and its team.
            return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).allSatisfy { name in
                name.isName(with: "._-") && name.utf8.first?.isASCIILetterOrDigit == true
            }
        }
        let address = text.split(separator: "@", omittingEmptySubsequences: false)
        let domain = address.last?.split(separator: ".", omittingEmptySubsequences: false) ?? []
        return address.count == 2 && address[0].isName(with: "._%+-") && domain.count > 1
            && domain.allSatisfy { $0.isName(with: "-") }
    }
}
