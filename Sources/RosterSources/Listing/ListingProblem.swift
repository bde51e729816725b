/// A name in a tree that is refused, or that is not read, before any file is opened.
package enum ListingProblem: Sendable {
    /// An entry of another kind than the file or folder that belongs at its path.
    case unexpectedKind(TreeEntry.Kind, path: String, expected: String)
    /// A git repository inside the repository.
    case nestedRepository(path: String)
    /// The name of a folder or of a record's file that is not a handle.
    case invalidName(String, path: String, kind: String)
    /// A folder that cannot be listed.
    case unreadableFolder(TreeFailure, path: String)
    /// The first folder after the limit of entries.
    case tooManyEntries(path: String)
    /// A file in a project's folder whose name does not end in `.yaml`.
    case unreadFile(String, folder: String)
    /// A file outside the projects' folders that cannot be a record; `expected` is the form of the names that are read there.
    case unrelatedFile(path: String, expected: String)
    /// A folder in a project's folder that contains no record.
    case unrelatedFolder(path: String)

    /// A Boolean value that indicates whether the problem remains the same as long as its folder has the same entries.
    var dependsOnNameAlone: Bool {
        switch self {
        case .unreadFile, .unrelatedFile, .invalidName, .unexpectedKind, .nestedRepository: true
        case .unreadableFolder, .tooManyEntries, .unrelatedFolder: false
        }
    }
}
