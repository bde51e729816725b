import RosterCompiler

/// When a file changed that no commit has yet.
package struct UncommittedDates: Sendable {
    /// The value of `SOURCE_DATE_EPOCH`, in seconds since 1970.
    ///
    /// See https://reproducible-builds.org/specs/source-date-epoch/
    package var sourceDateEpoch: Int64?

    /// Takes the value of `SOURCE_DATE_EPOCH`, where it is set.
    package init(sourceDateEpoch: Int64?) { self.sourceDateEpoch = sourceDateEpoch }

    func date(of file: DatedFile) -> Int64 { sourceDateEpoch ?? file.modified ?? 0 }

    func dates(of files: [DatedFile]) -> [String: FileDates] {
        Dictionary(files.map { ($0.path, FileDates(created: date(of: $0), updated: date(of: $0))) }) { first, _ in first
        }
    }
}
