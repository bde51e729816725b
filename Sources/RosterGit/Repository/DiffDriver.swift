/// The program through which git shows sealed files; it is configured in each clone, since a repository cannot do so.
package enum DiffDriver {
    /// The setting, as `.gitattributes` refers to it by `diff=roster`.
    package static let setting = "diff.roster.textconv"
    /// The command that git runs, followed by a file's path.
    package static let program = "roster secret show --textconv"
    /// The command line that configures it.
    package static let command = "git config \(setting) \"\(program)\""
}

extension GitRepository {
    /// Configures this clone so that git shows sealed files through Roster; an existing setting stays.
    package func setDiffDriver() async throws {
        if case .success = try await git.answer(["config", "--local", "--get", DiffDriver.setting]) { return }
        _ = try await git.answer(["config", "--local", DiffDriver.setting, DiffDriver.program]).get()
    }
}
