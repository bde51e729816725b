import RosterSources

/// The rules that judge the names in a tree.
enum ListingRules {
    /// Reports the problems of a listing.
    static func report(_ problems: [ListingProblem], _ findings: inout Findings) {
        for problem in problems {
            switch problem {
            case .unexpectedKind(let kind, let path, let expected):
                SymbolicLink.report(kind, path: path, expected: expected, &findings)
            case .nestedRepository(let path): SymbolicLink.reportNestedRepository(path: path, &findings)
            case .invalidName(let name, let path, let kind):
                InvalidHandle.report(name, path: path, what: kind, &findings)
            case .unreadableFolder(let failure, let path):
                UnreadableFile.report(failure, path: path, what: "folder", &findings)
            case .tooManyEntries(let path): TooManyFiles.report(path: path, &findings)
            case .unreadFile(let name, let folder): UnexpectedFile.report(name, in: folder, &findings)
            case .unrelatedFile(let path, let expected):
                UnexpectedFile.reportOther(path, expected: expected, &findings)
            }
        }
    }
}
