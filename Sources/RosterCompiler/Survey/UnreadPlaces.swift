import RosterDiagnostics

/// A file or folder that is part of a repository and was not read.
package struct UnreadPlace: Sendable, Hashable {
    /// Relative to the tree's root.
    package var path: String
    /// Why, in words.
    package var reason: String
    /// Whether there was more than a limit allows; otherwise it could not be read.
    package var isLimit: Bool
}

extension Checked {
    /// The files and folders that were to be read and were not, in the order of the diagnostics.
    package var unreadPlaces: [UnreadPlace] {
        diagnostics.compactMap { diagnostic in
            let path = String(decoding: diagnostic.place.path.utf8.dropFirst(pathPrefix.utf8.count), as: UTF8.self)
            switch diagnostic.rule {
            case TooManyFiles.name, FileTooLarge.name:
                return UnreadPlace(path: path, reason: diagnostic.message, isLimit: true)
            case UnreadableFile.name: return UnreadPlace(path: path, reason: diagnostic.message, isLimit: false)
            default: return nil
            }
        }
    }
}
