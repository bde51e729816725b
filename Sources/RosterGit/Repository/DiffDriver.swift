/// How git shows sealed files: through a program that it must be told of in each clone, for a repository cannot bring it.
package enum DiffDriver {
    /// The setting, as `.gitattributes` refers to it by `diff=roster`.
    package static let setting = "diff.roster.textconv"
    /// What git runs, with a file's path behind it.
    package static let program = "roster secret show --textconv"
    /// The line that sets it.
    package static let command = "git config \(setting) \"\(program)\""
}

extension GitRepository {
    /// Has git show sealed files through Roster in this clone; whatever the user has set there stays.
    package func setDiffDriver() async throws {
        if case .success = try await git.answer(["config", "--local", "--get", DiffDriver.setting]) { return }
        _ = try await git.answer(["config", "--local", DiffDriver.setting, DiffDriver.program]).get()
    }
}
