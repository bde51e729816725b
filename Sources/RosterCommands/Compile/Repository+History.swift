import RosterCompiler

extension Repository {
    /// When the files of a tree were made and changed.
    func history(of checked: Checked, revision: String?, _ context: CommandContext) async throws -> TreeHistory {
        TreeHistory(commit: nil, committedAt: nil, isDirty: false, dates: [:])
    }
}
