import Glibc
import RosterBytes
import RosterCompiler
package import RosterGit
import RosterSources

/// A repository on disk.
package struct Repository: Sendable {
    /// The folder of `roster.yaml`.
    package let root: String
    /// The top level of git's work tree, or the bare repository that was named; nil outside git.
    package let topLevel: GitTopLevel?
    /// Returns the value of an environment variable, some of which git inherits.
    package let environment: @Sendable (_ name: String) -> String?
    /// The largest number of threads of a compilation.
    package let concurrency: Int
    /// The path of ``root`` relative to git's top level: empty, or with a `/` at its end.
    package var pathPrefix: String { topLevel?.prefix ?? "" }

    /// Finds a repository: the folder of that name, or the nearest one upwards with `roster.yaml`.
    ///
    /// - Parameters:
    ///   - repo: the name of the folder; nil to look upwards from the current folder.
    ///   - currentFolder: the absolute path that `repo` is relative to.
    ///   - needsRoster: false when `roster.yaml` is read from a revision.
    ///   - concurrency: the largest number of threads of a compilation.
    ///   - environment: the value of an environment variable, nil when it is not set.
    /// - Throws: ``WorkspaceFailure`` when there is no such repository.
    package init(
        named repo: String?,
        below currentFolder: String,
        needsRoster: Bool = true,
        concurrency: Int,
        environment: @escaping @Sendable (_ name: String) -> String?
    ) throws(WorkspaceFailure) {
        self.environment = environment
        self.concurrency = concurrency
        let named = repo.map { Self.absolute($0, in: currentFolder) }
        var folder = named ?? currentFolder
        if let named {
            guard repo?.isEmpty == false else { throw WorkspaceFailure(.usage, "--repo needs the name of a folder") }
            guard unsafe access(named, F_OK) == 0 else {
                // A revision has folders that a sparse checkout leaves out.
                if !needsRoster, !named.contains("/../"), let workTree = GitTopLevel(of: named),
                    SparseCheckout.isPossible(in: workTree)
                {
                    (root, topLevel) = (named, workTree)
                    return
                }
                throw WorkspaceFailure(.notFound, "there is no folder \(named)", help: Self.sparseHint(of: named))
            }
            var status = stat()
            guard unsafe stat(named, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                throw WorkspaceFailure(
                    .notFound,
                    "\(named) is not a folder",
                    help: "name the folder that roster.yaml is in"
                )
            }
            guard !needsRoster || Self.hasRoster(named) else {
                throw WorkspaceFailure(
                    .notFound,
                    "there is no roster.yaml in \(named)",
                    help: Self.nameHint(in: named) ?? Self.sparseHint(of: named) ?? "make one: roster init"
                )
            }
        } else {
            while !Self.hasRoster(folder) {
                guard let slash = folder.lastIndex(of: "/"), folder.count > 1 else {
                    guard !needsRoster else {
                        throw WorkspaceFailure(
                            .notFound,
                            "there is no roster.yaml in \(currentFolder) or above it",
                            help: Self.nameHint(in: currentFolder)
                                ?? Self.sparseHint(of: currentFolder)
                                ?? "name the repository with --repo, or make one: roster init"
                        )
                    }
                    folder = currentFolder
                    break
                }
                folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
            }
        }
        root = folder
        // Any folder can be laid out as a bare repository: only revisions are read from one, and only when it is named or
        // is outside every work tree.
        let isBare = !needsRoster && !Self.hasRoster(folder)
        let workTree = GitTopLevel(of: folder)
        topLevel = isBare && (named != nil || workTree == nil) ? GitTopLevel(bare: folder) ?? workTree : workTree
    }

    /// Returns the command that gives `roster.yaml` its name, where a folder has it with nearly that name.
    private static func nameHint(in folder: String) -> String? {
        let names = ["roster.yml", "Roster.yaml", "Roster.yml", "roster.YAML", "roster.json", "roster.yaml.txt"]
        var status = stat()
        return names.first { unsafe fstatat(AT_FDCWD, folder + "/" + $0, &status, AT_SYMLINK_NOFOLLOW) == 0 }
            .map { "rename it: git mv \($0) \(RepositoryLayout.rosterFile)" }
    }

    /// Returns the remedy when a sparse checkout may leave out the registry; nil if there can be none.
    private static func sparseHint(of folder: String) -> String? {
        guard let workTree = GitTopLevel(of: folder), SparseCheckout.isPossible(in: workTree) else { return nil }
        return
            "when this is a sparse checkout, check all files out: git sparse-checkout disable; or read a commit of the "
            + "registry: --repo FOLDER --rev HEAD; otherwise make one: roster init"
    }

    /// Returns whether a path names `roster.yaml`, or a file in a folder of records.
    package func isSource(_ path: String, below currentFolder: String) -> Bool {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? "."
        let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
        let absolute = Self.absolute(folder, in: currentFolder) + "/" + name
        guard absolute.hasPrefix(root + "/") else { return false }
        let inside = absolute.dropFirst(root.count + 1)
        return inside == RepositoryLayout.rosterFile || inside == RepositoryLayout.modelsFile
            || [FileRole.provider, .secret].contains { inside.hasPrefix($0.folder + "/") }
    }

    /// Returns the absolute path, without `.` and empty parts when the file exists.
    private static func absolute(_ path: String, in folder: String) -> String {
        if let real = unsafe realpath(path.hasPrefix("/") ? path : folder + "/" + path, nil) {
            defer { unsafe free(real) }
            return unsafe String(cString: real)
        }
        return path.hasPrefix("/") ? path : folder + "/" + path
    }

    /// A Boolean value that indicates whether the folder has a `roster.yaml`.
    var hasRoster: Bool { Self.hasRoster(root) }

    /// Returns whether a folder has an entry of that name; a check reports what is wrong with it, such as a dangling link.
    private static func hasRoster(_ folder: String) -> Bool {
        var status = stat()
        return unsafe fstatat(AT_FDCWD, folder + "/roster.yaml", &status, AT_SYMLINK_NOFOLLOW) == 0
    }
}
