/// The dates of files that no history is kept of: their modification times.
public struct ModificationTimes: HistorySource {
    /// Makes the source; it needs nothing but the files.
    public init() {}

    /// See ``HistorySource/history(of:)``.
    public func history(of files: [DatedFile]) async throws -> TreeHistory {
        let dates = files.map { ($0.path, FileDates(created: $0.modified ?? 0, updated: $0.modified ?? 0)) }
        return TreeHistory(
            commit: nil,
            committedAt: nil,
            isDirty: false,
            dates: Dictionary(dates) { first, _ in first }
        )
    }
}
