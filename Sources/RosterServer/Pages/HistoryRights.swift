import RosterModel

/// The names that a caller may see in the history of a provider.
struct HistoryRights: Sendable {
    /// A Boolean value that indicates whether the caller may see everything, also what is in the registry no longer.
    let isEverythingVisible: Bool
    private let view: AccessView
    /// The handles of the projects of which the caller may list a provider, whose secrets it may see.
    private let projects: Set<String>

    /// The rights of a caller.
    init(_ caller: Caller, in snapshot: Snapshot) {
        let view = caller.view
        isEverythingVisible = view.mayListEverything
        self.view = view
        projects = Set(
            snapshot.projects.entries.filter { view.listedCount(in: $0.positions) > 0 }.map(\.project.handle.text)
        )
    }

    /// Returns whether the caller could see a provider of a name, `<project>/<handle>`.
    func isVisible(_ name: String) -> Bool {
        if isEverythingVisible { return true }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        return !view.rights(project: String(parts[0]), handle: String(parts[1])).isDisjoint(with: [.list, .get])
    }

    /// Returns whether the caller may see the secrets of a project.
    func areSecretsVisible(in project: String) -> Bool { isEverythingVisible || projects.contains(project) }
}
