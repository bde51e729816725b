import Glibc
import RosterCompiler
import RosterGit
import RosterSources

/// The repository that a command works on.
struct Repository {
    /// The folder of `roster.yaml`.
    let root: String
    /// Where git's work tree begins, or the bare repository that was named; nil outside git.
    let topLevel: GitTopLevel?
    /// The value of an environment variable, which git's program reads.
    let environment: @Sendable (_ name: String) -> String?
    /// The way from git's top level to ``root``, empty or with a `/` at its end.
    var pathPrefix: String { topLevel?.prefix ?? "" }

    /// Finds the repository: the folder that is named, or the nearest one upwards with `roster.yaml`.
    init(_ options: GlobalOptions, in context: CommandContext, needsRoster: Bool = true) throws {
        try self.init(named: options.repo, in: context, needsRoster: needsRoster)
    }

    /// Finds the repository: the folder of that name, or the nearest one upwards with `roster.yaml`.
    init(named repo: String?, in context: CommandContext, needsRoster: Bool = true) throws {
        environment = context.environment
        let named = repo.map { Self.absolute($0, in: context.currentFolder) }
        var folder = named ?? context.currentFolder
        if let named {
            guard repo?.isEmpty == false else { throw CommandFailure.usage("--repo needs the name of a folder") }
            guard unsafe access(named, F_OK) == 0 else {
                // A revision has folders that a sparse checkout leaves out.
                if !needsRoster, !named.contains("/../"), let workTree = GitTopLevel(of: named),
                    SparseCheckout.isPossible(in: workTree)
                {
                    (root, topLevel) = (named, workTree)
                    return
                }
                throw CommandFailure.impossible("there is no folder \(named)", help: Self.sparseHint(of: named))
            }
            var status = stat()
            guard unsafe stat(named, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                throw CommandFailure.impossible("\(named) is no folder", help: "name the folder that roster.yaml is in")
            }
            guard !needsRoster || Self.hasRoster(named) else {
                throw CommandFailure.impossible(
                    "there is no roster.yaml in \(named)",
                    help: Self.nameHint(in: named) ?? Self.sparseHint(of: named) ?? "make one: roster init"
                )
            }
        } else {
            while !Self.hasRoster(folder) {
                guard let slash = folder.lastIndex(of: "/"), folder.count > 1 else {
                    guard !needsRoster else {
                        throw CommandFailure.impossible(
                            "there is no roster.yaml in \(context.currentFolder) or above it",
                            help: Self.nameHint(in: context.currentFolder)
                                ?? Self.sparseHint(of: context.currentFolder)
                                ?? "name the repository with --repo, or make one: roster init"
                        )
                    }
                    folder = context.currentFolder
                    break
                }
                folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
            }
        }
        root = folder
        // A folder that git was not made for may be laid out as a bare repository, too: only a revision is read of one,
        // and only where it is named, or lies in no work tree.
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

    /// Returns what to do where a sparse checkout may leave out the registry; nil where there can be none.
    private static func sparseHint(of folder: String) -> String? {
        guard let workTree = GitTopLevel(of: folder), SparseCheckout.isPossible(in: workTree) else { return nil }
        return
            "when this is a sparse checkout, check all files out: git sparse-checkout disable; or read a commit of the "
            + "registry: --repo FOLDER --rev HEAD; otherwise make one: roster init"
    }

    /// Whether a path names `roster.yaml`, or a file in a folder of records.
    func isSource(_ path: String, in context: CommandContext) -> Bool {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? "."
        let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
        let absolute = Self.absolute(folder, in: context.currentFolder) + "/" + name
        guard absolute.hasPrefix(root + "/") else { return false }
        let inside = absolute.dropFirst(root.count + 1)
        return inside == RepositoryLayout.rosterFile
            || [FileRole.provider, .secret].contains { inside.hasPrefix($0.folder + "/") }
    }

    /// The path relative to no folder, without `.` and empty parts.
    private static func absolute(_ path: String, in folder: String) -> String {
        if let real = unsafe realpath(path.hasPrefix("/") ? path : folder + "/" + path, nil) {
            defer { unsafe free(real) }
            return unsafe String(cString: real)
        }
        return path.hasPrefix("/") ? path : folder + "/" + path
    }

    /// Whether a folder has something of that name: what is wrong with it, such as a link to nothing, is for a check to say.
    private static func hasRoster(_ folder: String) -> Bool {
        var status = stat()
        return unsafe fstatat(AT_FDCWD, folder + "/roster.yaml", &status, AT_SYMLINK_NOFOLLOW) == 0
    }
}
