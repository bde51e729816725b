package import RosterModel

/// The files of a repository that are read, by their place in it.
struct Listing: Sendable {
    /// `roster.yaml` first, then providers, then secrets, each by project handle and handle.
    var files: [TreeFile] = []
    var folders: [Folder] = []
    /// For each file behind `roster.yaml`, the index of its folder.
    var folderOfFile: [Int32] = [-1]
    /// Projects with a provider that is there and was not read, so that nobody can say what it links.
    var projectsWithUnreadProviders: Set<String> = []
    /// Whether the folder `providers/` as a whole could not be read.
    var areProvidersUnread = false
    /// Records that are not read because of their place.
    var misplaced: [MisplacedRecord] = []

    /// Returns whether a secret of this handle is in a place where it is not read.
    func isMisplacedSecret(_ handle: String) -> Bool {
        misplaced.contains { $0.role == .secret && $0.name == handle + RepositoryLayout.recordSuffix }
    }

    /// A project's folder under `providers/` or `secrets/`.
    struct Folder: Sendable {
        var role: FileRole
        var project: String
        /// Relative to the root.
        var path: String { role.folder + "/" + project }
    }

    func role(of file: FileIndex) -> FileRole { file == 0 ? .roster : folders[Int(folderOfFile[file])].role }

    /// The handle of the project that a provider or secret lies in.
    func project(of file: FileIndex) -> String { folders[Int(folderOfFile[file])].project }

    /// The index of the first secret; the number of files when there is none.
    var firstSecret: FileIndex {
        var (low, high) = (1, files.count)
        while low < high {
            let middle = (low + high) / 2
            if role(of: middle) == .secret { high = middle } else { low = middle + 1 }
        }
        return max(low, 1)
    }

    /// A record's `<project>/<handle>`.
    func fullName(of file: FileIndex) -> String { project(of: file) + "/" + handle(of: file) }

    /// A provider's or secret's own handle.
    func handle(of file: FileIndex) -> String { files[file].handle }
}

extension TreeFile {
    /// The handle of the record that a provider's or secret's file is.
    var handle: String { String(Substring(name.utf8.dropLast(RepositoryLayout.recordSuffix.utf8.count))) }
}

/// What a file holds.
public enum FileRole: Sendable, Hashable, CaseIterable {
    /// `roster.yaml`
    case roster
    /// A file of `providers/<project>/`.
    case provider
    /// A file of `secrets/<project>/`.
    case secret

    /// The folder at the root that the files lie in; empty for `roster.yaml`.
    package var folder: String {
        switch self {
        case .roster: ""
        case .provider: "providers"
        case .secret: "secrets"
        }
    }

    /// The path of a provider's or secret's file.
    package func path(project: String, handle: String) -> String {
        "\(folder)/\(project)/\(handle)\(RepositoryLayout.recordSuffix)"
    }

    /// The most bytes that such a file may have.
    public var sizeLimit: Int {
        switch self {
        case .roster: 16 * 1024 * 1024
        case .provider: 64 * 1024
        case .secret: 512 * 1024
        }
    }

    /// The root mapping's shape.
    package var shape: RecordShape {
        switch self {
        case .roster: .roster
        case .provider: .provider
        case .secret: .secret
        }
    }
}
