import RosterBytes
import RosterCompiler
import RosterModel
package import RosterSources

/// Finds the files that decide how changes are reviewed, shown or checked, and that differ between two sides.
///
/// Folders are searched for guarded names (``GuardedNames``) first: git's top level, the folders from there down to the
/// repository, `docs`, and the folders of records. Then each guarded folder is searched to its end, level by level, within
/// limits of its own. Last come the files that the base's pipelines and actions execute or include.
///
/// A limit that is reached, and whatever cannot be read, is a ``SearchGap``. A folder that is the same git object on both
/// sides is not searched.
package struct GuardedFiles: Sendable {
    /// Returns those of some paths that git ignores, and does not track.
    package typealias IgnoredPaths = @Sendable (_ paths: [String]) async throws -> Set<String>

    /// The files that differ, and the places where the search ended early.
    package struct Differences: Sendable {
        /// By path.
        package var files: [GuardedFile] = []
        /// By path.
        package var gaps: [SearchGap] = []
    }

    /// The most files and folders that are looked at below one guarded folder, on each side.
    static let placeLimit = 20_000
    /// The most names that are looked at in one folder, on each side.
    static let folderLimit = RepositoryLayout.entryLimit
    /// The most names that are looked at in all projects' folders below `providers` or `secrets`, on each side.
    static let projectsLimit = 2 * RepositoryLayout.entryLimit
    /// The most names that are looked at in all folders together that only the head has.
    ///
    /// One folder has any number of spellings that some file system takes for it, and prefixes have any number of names.
    static let newNamesLimit = folderLimit
    /// The most files and folders that are looked at below all guarded folders together that only the head has.
    static let newPlacesLimit = 100_000
    /// The most places that only the head has, and that are reported one by one when they are not searched.
    static let newGapsLimit = 100
    /// The most levels of folders below a guarded folder.
    static let depthLimit = 64
    /// The most bytes of one file that are compared.
    static let fileLimit = 16 << 20
    /// The most bytes that are compared below one guarded folder.
    static let byteLimit = 64 << 20

    /// The way from git's top level to the repository, empty or with a `/` at its end.
    private let pathPrefix: String
    private let ignored: IgnoredPaths?

    /// Makes a search; `ignored` is asked about files that only the head has, when the head is a working tree.
    package init(pathPrefix: String, ignored: IgnoredPaths? = nil) {
        self.pathPrefix = pathPrefix
        self.ignored = ignored
    }

    /// Returns what differs between two trees at git's top level; nil is a side without files.
    package func differences(base: (any SourceTree)?, head: (any SourceTree)?) async throws -> Differences {
        var search = GuardedSearch(pathPrefix: pathPrefix, base: base, head: head, ignored: ignored)
        try await search.searchNames()
        try await search.searchReferences()
        return Differences(
            files: search.files.values.sorted { $0.path.precedesInBytes($1.path) },
            gaps: search.gaps.values.sorted { $0.path.precedesInBytes($1.path) }
        )
    }
}
