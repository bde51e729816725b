import RosterBytes
import RosterCompiler
import RosterModel
package import RosterSources

/// Finds the files that decide how changes are reviewed, shown or checked, and that differ between two sides.
///
/// The search first looks for guarded names (``GuardedNames``) in git's top level, the folders from there down to the
/// repository, `docs`, and the folders of records. Each guarded folder is then searched completely, level by level,
/// within separate limits. The files that the base's pipelines and actions execute or include follow.
///
/// Reaching a limit, and anything that cannot be read, results in a ``SearchGap``. A folder that is the same git object
/// on both sides is not searched.
package struct GuardedFiles: Sendable {
    /// A function that returns those of some paths that git ignores and does not track.
    package typealias IgnoredPaths = @Sendable (_ paths: [String]) async throws -> Set<String>

    /// The files that differ, and the gaps of the search.
    package struct Differences: Sendable {
        /// The files that differ, sorted by path.
        package var files: [GuardedFile] = []
        /// The gaps, sorted by path.
        package var gaps: [SearchGap] = []
    }

    /// The maximum number of files and folders that are examined in one guarded folder, on each side.
    static let placeLimit = 20_000
    /// The maximum number of names that are examined in one folder, on each side.
    static let folderLimit = RepositoryLayout.entryLimit
    /// The maximum number of names that are examined in all projects' folders of `providers` or `secrets`, on each
    /// side.
    static let projectsLimit = 2 * RepositoryLayout.entryLimit
    /// The maximum number of names that are examined in all folders that only the head has, together.
    ///
    /// A folder has arbitrarily many spellings on some file systems, and prefixes match arbitrarily many names.
    static let newNamesLimit = folderLimit
    /// The maximum number of files and folders that are examined in all guarded folders that only the head has,
    /// together.
    static let newPlacesLimit = 100_000
    /// The maximum number of gaps that are reported individually for places that only the head has.
    static let newGapsLimit = 100
    /// The maximum depth of folders in a guarded folder.
    static let depthLimit = 64
    /// The maximum number of bytes of one file that are compared.
    static let fileLimit = 16 << 20
    /// The maximum number of bytes that are compared in one guarded folder.
    static let byteLimit = 64 << 20

    /// The path from git's top level to the repository, empty or with a trailing `/`.
    private let pathPrefix: String
    private let ignored: IgnoredPaths?

    /// Creates a search; `ignored` is called for files that only the head has, if the head is a working tree.
    package init(pathPrefix: String, ignored: IgnoredPaths? = nil) {
        self.pathPrefix = pathPrefix
        self.ignored = ignored
    }

    /// Returns the differences between two trees at git's top level; nil is a side without files.
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
