import RosterSemantics
public import RosterSources

/// The dates of the records in a registry.
public enum RegistryDates: Sendable {
    /// The modification times of the files.
    case modificationTimes
    /// A history that is known in advance.
    case known(TreeHistory)
    /// A history that is determined from the files after all were read.
    case source(any HistorySource)

    /// The history that is known in advance.
    var known: TreeHistory? {
        switch self {
        case .modificationTimes: .modificationTimes
        case .known(let history): history
        case .source: nil
        }
    }

    /// A Boolean value that indicates whether files are dated by their modification times.
    var areModificationTimes: Bool {
        if case .modificationTimes = self { true } else { false }
    }

    /// Returns the history of files that were read.
    func history(of result: PipelineResult, in listing: Listing) async throws -> TreeHistory {
        guard case .source(let source) = self else { return known ?? .modificationTimes }
        let files = listing.files.indices.map { index in
            DatedFile(
                path: listing.files[index].path,
                bytes: source.comparesContents ? result.bytes(of: index) : [],
                modified: result.files[index].modified
            )
        }
        return try await source.history(of: files)
    }
}
