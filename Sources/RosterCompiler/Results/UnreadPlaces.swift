import RosterDiagnostics
import RosterFrontend

/// A file or folder of a repository that was not read.
package struct UnreadPlace: Sendable, Hashable {
    /// The path relative to the tree's root.
    package var path: String
    /// The reason.
    package var reason: String
    /// A Boolean value that indicates whether a limit was exceeded; otherwise it could not be read.
    package var isLimit: Bool
}

extension AnalyzedRepository {
    /// The files and folders that could not be read, in the order of the diagnostics.
    package var unreadPlaces: [UnreadPlace] {
        diagnostics.compactMap { diagnostic in
            let path = diagnosis.relative(diagnostic.place.path)
            switch diagnostic.rule {
            case TooManyFiles.name, FileTooLarge.name:
                return UnreadPlace(path: path, reason: diagnostic.message, isLimit: true)
            case UnreadableFile.name: return UnreadPlace(path: path, reason: diagnostic.message, isLimit: false)
            default: return nil
            }
        }
    }
}
