import RosterSources

/// The dates of files whose changes are not committed.
package struct UncommittedDates: Sendable {
    /// The value of `SOURCE_DATE_EPOCH`, in seconds since 1970.
    ///
    /// See https://reproducible-builds.org/specs/source-date-epoch/
    package var sourceDateEpoch: Int64?

    /// Creates dates, given the value of `SOURCE_DATE_EPOCH` if it is set.
    package init(sourceDateEpoch: Int64?) { self.sourceDateEpoch = sourceDateEpoch }

    /// Returns the date of a file.
    ///
    /// - Throws: ``GitError/unusableModificationTime(path:seconds:)``.
    func date(of file: DatedFile) throws -> Int64 {
        let date = sourceDateEpoch ?? file.modified ?? 0
        guard TreeHistory.dateRange.contains(date) else {
            throw GitError.unusableModificationTime(path: file.path, seconds: date)
        }
        return date
    }

    func dates(of files: [DatedFile]) throws -> [String: FileDates] {
        let dates = try files.map { file in
            let date = try date(of: file)
            return (file.path, FileDates(created: date, updated: date))
        }
        return Dictionary(dates) { first, _ in first }
    }
}
