/// The index of a file in a ``Listing``.
package typealias FileIndex = Int

/// The files of a repository that are read, in the order of their projects and handles.
package struct Listing: Sendable {
    /// `roster.yaml`, then providers, then secrets, each by project handle and handle.
    package var files: [TreeFile] = []
    /// The projects' folders.
    package var folders: [Folder] = []
    /// The index of each file's folder; -1 for `roster.yaml`.
    package var folderOfFile: [Int32] = [-1]
    /// The projects with a provider that is present and is not read, so that its link is unknown.
    package var projectsWithUnreadProviders: Set<String> = []
    /// A Boolean value that indicates whether the folder `providers/` as a whole could not be read.
    package var areProvidersUnread = false
    /// A Boolean value that indicates whether `roster.yaml` is a regular file.
    package var isRosterReadable = true
    /// The repository's own catalogue of models; nil when it has none.
    package var models: TreeFile?
    /// A Boolean value that indicates whether the catalogue is a regular file.
    package var areModelsReadable = true
    /// The records that are not read because of their place.
    package var misplaced: [MisplacedRecord] = []

    /// Creates an empty listing.
    package init() {}

    /// Returns whether a secret of this handle is in a place where it is not read.
    package func isMisplacedSecret(_ handle: String) -> Bool {
        misplaced.contains { $0.role == .secret && $0.name == handle + RepositoryLayout.recordSuffix }
    }

    /// A project's folder under `providers/` or `secrets/`.
    package struct Folder: Sendable {
        /// The kind of the files in it.
        package var role: FileRole
        /// The handle of the project.
        package var project: String
        /// The path, relative to the root.
        package var path: String { role.folder + "/" + project }
    }

    /// Returns the kind of a file.
    package func role(of file: FileIndex) -> FileRole {
        file == 0 ? .roster : folders[Int(folderOfFile[file])].role
    }

    /// Returns the handle of the project of a provider or secret.
    package func project(of file: FileIndex) -> String { folders[Int(folderOfFile[file])].project }

    /// The index of the first secret; the number of files when there is none.
    package var firstSecret: FileIndex {
        var (low, high) = (1, files.count)
        while low < high {
            let middle = (low + high) / 2
            if role(of: middle) == .secret { high = middle } else { low = middle + 1 }
        }
        return max(low, 1)
    }

    /// Returns the `<project>/<handle>` of a record.
    package func fullName(of file: FileIndex) -> String { project(of: file) + "/" + handle(of: file) }

    /// Returns the handle of a provider or secret.
    package func handle(of file: FileIndex) -> String { files[file].handle }
}

extension TreeFile {
    /// The handle of the record in a provider's or secret's file.
    package var handle: String { String(Substring(name.utf8.dropLast(RepositoryLayout.recordSuffix.utf8.count))) }
}
