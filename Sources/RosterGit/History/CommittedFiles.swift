import RosterSources

/// The files of a commit that Roster would read, for comparison with those of the work tree.
struct CommittedFiles {
    /// Nil when the commit has no such folder.
    private let tree: GitTree?
    /// The path from git's top level to the registry, empty or with a `/` at its end.
    private let prefix: String
    private var objects: [String: String] = [:]

    /// The number of files.
    var count: Int { objects.count }

    /// Lists `roster.yaml` and, two folders deep, the records.
    ///
    /// A registry in a folder of the repository that was never committed has no files.
    ///
    /// - Throws: ``GitError/failed(command:reason:)`` when a folder cannot be read, or there are too many files.
    init(of commit: String, in repository: GitRepository) async throws {
        prefix = repository.topLevel.prefix
        do {
            tree = try await repository.tree(of: commit)
        } catch RepositoryError.noRoster {
            tree = nil
            return
        }
        let root = try await list([TreeFolder(path: "")], limit: .max)
        var left = RepositoryLayout.entryLimit
        for role in FileRole.allCases {
            guard role != .roster else {
                for (path, entry) in root where path == RepositoryLayout.rosterFile { add(entry, path) }
                continue
            }
            let top = root.filter { $0.path == role.folder && $0.entry.kind == .folder }
            let projects = try await list(top.map(Self.folder), limit: left).filter { $0.entry.kind == .folder }
            left -= projects.count
            let files = try await list(projects.map(Self.folder), limit: left)
            left -= files.count
            for (path, entry) in files where path.hasSuffix(RepositoryLayout.recordSuffix) { add(entry, path) }
        }
    }

    /// Returns true when the commit has a file.
    func contains(_ path: String) -> Bool { objects[path] != nil }

    /// Calls `receive` with the index of each of these files, all of them in the commit, that differs from the
    /// commit's.
    ///
    /// `lineEndings` are those that git would give the files, nil when they already have them.
    func forEachDiffering(
        _ files: [DatedFile],
        normalizing lineEndings: LineEndings? = nil,
        _ receive: (_ index: Int) throws -> Void
    ) async throws {
        var files = files
        if let lineEndings {
            let normalized = try await lineEndings.normalize(files.map { (prefix + $0.path, $0.bytes) })
            for index in files.indices { files[index].bytes = normalized[index] }
        }
        // With SHA-1, contents have the committed id or differ from it. Git's own `hash-object` would run the repository's
        // filters.
        var differing = files.indices.filter { index in
            let id = objects[files[index].path] ?? ""
            return BlobID.isSHA1(id) && BlobID.sha1(of: files[index].bytes) != id
        }
        let others = files.indices.filter { !BlobID.isSHA1(objects[files[$0].path] ?? "") }
        let requests = others.map { index in
            TreeFile(
                folder: "",
                name: files[index].path,
                object: objects[files[index].path],
                limit: files[index].bytes.count
            )
        }
        if !requests.isEmpty {
            try await tree?.read(requests[...]) { position, reading in
                let index = others[position]
                if case .contents(let bytes, _) = reading, bytes == files[index].bytes { return }
                differing.append(index)
            }
        }
        for index in differing { try receive(index) }
    }

    private func list(
        _ folders: [TreeFolder],
        limit: Int
    ) async throws -> [(path: String, entry: TreeEntry)] {
        let listed = try await tree?.list(folders, limit: max(0, limit)) ?? []
        var found: [(path: String, entry: TreeEntry)] = []
        for (folder, entries) in zip(folders, listed) {
            switch entries {
            case .success(let entries):
                found += entries.map { (folder.path.isEmpty ? $0.name : folder.path + "/" + $0.name, $0) }
            // A folder that cannot be read is not one without files.
            case .failure(let failure):
                throw GitError.failed(command: "cat-file", reason: "\(folder.path): \(failure.reason)")
            }
        }
        guard found.count <= limit else {
            let reason = "the commit has more than \(RepositoryLayout.entryLimit) files and folders of records"
            throw GitError.failed(command: "cat-file", reason: reason)
        }
        return found
    }

    private static func folder(_ listed: (path: String, entry: TreeEntry)) -> TreeFolder {
        TreeFolder(path: listed.path, object: listed.entry.object)
    }

    private mutating func add(_ entry: TreeEntry, _ path: String) {
        if entry.kind != .folder, entry.kind != .submodule { objects[path] = entry.object }
    }
}
