import Glibc
import RosterModel

/// A walk over a tree, level by level, that separates the files that are read from the names that are reported.
struct Lister {
    private(set) var listing = Listing()
    private(set) var problems: [ListingProblem] = []
    private let tree: any SourceTree
    private var entryCount = 0
    /// The folders that are not read and may hold records.
    private var strays: [StrayFolders.Folder] = []

    init(tree: any SourceTree) { self.tree = tree }

    /// Lists the repository.
    ///
    /// - Throws: ``RepositoryError/noRoster`` when there is no `roster.yaml`, or what the tree throws.
    mutating func list() async throws {
        let root: [TreeEntry]
        switch try await tree.list([TreeFolder(path: "")], limit: .max)[0] {
        case .success(let entries): root = entries
        case .failure(let failure): throw RepositoryError.unreadableRepository(failure)
        }
        guard let roster = root.first(where: { $0.name == RepositoryLayout.rosterFile }) else {
            throw RepositoryError.noRoster
        }
        listing.files = [
            TreeFile(
                folder: "",
                name: RepositoryLayout.rosterFile,
                object: roster.object,
                limit: FileRole.roster.sizeLimit
            )
        ]
        if roster.kind != .file {
            listing.isRosterReadable = false
            problems.append(
                .unexpectedKind(roster.kind, path: RepositoryLayout.rosterFile, expected: "a file")
            )
        }
        if let models = root.first(where: { $0.name == RepositoryLayout.modelsFile }) {
            listing.models = TreeFile(
                folder: "",
                name: RepositoryLayout.modelsFile,
                object: models.object,
                limit: RepositoryLayout.modelsSizeLimit
            )
            listing.areModelsReadable = models.kind == .file
        }
        let tops = [FileRole.provider, .secret].compactMap { role in
            root.first { $0.name == role.folder }.flatMap { self.top(role, $0) }
        }
        let projects = zip(tops, try await tree.list(tops.map(\.folder), limit: RepositoryLayout.entryLimit))
            .flatMap { self.projects(in: $0, $1) }
        let limit = RepositoryLayout.entryLimit - entryCount
        let listed = try await tree.list(projects.map(\.folder), limit: limit)
        let count = listed.reduce(1) { $0 + ((try? $1.get().count) ?? 0) }
        listing.files.reserveCapacity(count)
        listing.folderOfFile.reserveCapacity(count)
        for (project, listed) in zip(projects, listed) {
            let folder = Listing.Folder(role: project.role, project: project.handle)
            if let entries = self.entries(of: project.folder, listed) {
                add(entries, to: folder, project.folder)
            } else {
                listing.folders.append(folder)
                if project.role == .provider { listing.projectsWithUnreadProviders.insert(project.handle) }
            }
        }
        for entry in root where entry.kind == .folder {
            guard let role = StrayFolders.role(ofFolderNamedLike: entry.name) else { continue }
            let folder = TreeFolder(path: entry.name, object: entry.object)
            strays.append(StrayFolders.Folder(tree: folder, role: role, project: nil))
        }
        if !strays.isEmpty { try await searchStrayFolders() }
    }

    /// Adds the records in folders that are not read to the listing, and reports a project's folders that have none.
    private mutating func searchStrayFolders() async throws {
        var search = StrayFolders(tree: tree)
        let found = try await search.records(in: strays)
        for folder in strays {
            if let records = found[folder.tree.path] {
                listing.misplaced += records
                noteUnread(folder.role, project: folder.project)
            } else if folder.project != nil {
                problems.append(.unrelatedFolder(path: folder.tree.path))
            }
        }
    }

    /// Records that a file of a project, or of any project, is not read.
    private mutating func noteUnread(_ role: FileRole, project: String?) {
        guard role == .provider else { return }
        if let project {
            listing.projectsWithUnreadProviders.insert(project)
        } else {
            listing.areProvidersUnread = true
        }
    }

    /// A project's folder, before it is listed.
    private struct Project {
        var role: FileRole
        var handle: String
        var folder: TreeFolder
    }

    /// Returns the folder of all records of a kind; nil, with a problem, when its name is not a folder's.
    private mutating func top(_ role: FileRole, _ entry: TreeEntry) -> (role: FileRole, folder: TreeFolder)? {
        guard entry.kind == .folder else {
            problems.append(.unexpectedKind(entry.kind, path: role.folder, expected: "a folder"))
            listing.areProvidersUnread = listing.areProvidersUnread || role == .provider
            return nil
        }
        return (role, TreeFolder(path: role.folder, object: entry.object))
    }

    private mutating func projects(
        in top: (role: FileRole, folder: TreeFolder),
        _ listed: Result<[TreeEntry], TreeFailure>
    ) -> [Project] {
        let role = top.role
        guard let entries = self.entries(of: top.folder, listed) else {
            listing.areProvidersUnread = listing.areProvidersUnread || role == .provider
            return []
        }
        var projects: [Project] = []
        for entry in entries {
            let path = role.folder + "/" + entry.name
            switch entry.kind {
            case .folder where entry.name == ".git":
                problems.append(.nestedRepository(path: path))
            case .folder:
                guard Handle.isValid(entry.name.utf8) else {
                    problems.append(.invalidName(entry.name, path: path, kind: "folder"))
                    continue
                }
                let folder = TreeFolder(path: path, object: entry.object)
                projects.append(Project(role: role, handle: entry.name, folder: folder))
            case .file:
                addMisplaced(entry.name, path: path, role)
            case .symbolicLink, .submodule, .special:
                problems.append(.unexpectedKind(entry.kind, path: path, expected: "a project's folder"))
            }
        }
        return projects
    }

    /// Adds a record outside every project's folder to the listing, and reports any other file there.
    private mutating func addMisplaced(_ name: String, path: String, _ role: FileRole) {
        guard let meant = MeantRecordName(name) else {
            guard !Self.isGitFile(name) else { return }
            return problems.append(.unrelatedFile(path: path, expected: "<project>/<handle>.yaml"))
        }
        noteUnread(role, project: nil)
        listing.misplaced.append(
            MisplacedRecord(path: path, role: role, project: nil, name: meant.corrected, folder: role.folder)
        )
    }

    /// Returns the entries of a folder; nil, with a problem, when it cannot be listed or exceeds the limit.
    private mutating func entries(
        of folder: TreeFolder,
        _ result: Result<[TreeEntry], TreeFailure>
    ) -> [TreeEntry]? {
        switch result {
        case .failure(let failure):
            problems.append(.unreadableFolder(failure, path: folder.path))
            return nil
        case .success(let entries):
            let before = entryCount
            entryCount += entries.count
            guard entryCount <= RepositoryLayout.entryLimit else {
                if before <= RepositoryLayout.entryLimit { problems.append(.tooManyEntries(path: folder.path)) }
                return nil
            }
            return entries
        }
    }

    private mutating func add(_ entries: [TreeEntry], to folder: Listing.Folder, _ tree: TreeFolder) {
        let index = Int32(listing.folders.count)
        listing.folders.append(folder)
        let start = listing.files.count
        // A span borrows each entry; an array would retain all that the entry holds.
        let span = entries.span
        for position in span.indices {
            guard span[position].kind == .file, Self.isRecordName(span[position].name) else {
                report(span[position], in: tree.path, folder)
                continue
            }
            let entry = span[position]
            listing.files.append(
                TreeFile(
                    folder: tree.path,
                    name: entry.name,
                    object: entry.object,
                    limit: folder.role.sizeLimit
                )
            )
            listing.folderOfFile.append(index)
        }
        // `a-b.yaml` precedes `a.yaml`, but the handle `a` precedes `a-b`: the names are nearly in order, which makes an
        // insertion sort linear.
        for index in listing.files.indices[start...].dropFirst() {
            var place = index
            while place > start, Self.precedesByHandle(listing.files[place].name, listing.files[place - 1].name) {
                listing.files.swapAt(place, place - 1)
                place -= 1
            }
        }
    }

    /// Returns whether a file's name is a handle and `.yaml`.
    private static func isRecordName(_ name: String) -> Bool {
        unsafe name.utf8.span.withUnsafeBufferPointer { name in
            let stem = name.count - RepositoryLayout.recordSuffix.utf8.count
            guard stem > 0,
                unsafe name[stem...].elementsEqual(RepositoryLayout.recordSuffix.utf8)
            else {
                return false
            }
            return unsafe Handle.isValid(UnsafeBufferPointer(rebasing: name[..<stem]))
        }
    }

    /// Returns whether a record's file name precedes another by its handle, without the suffix.
    static func precedesByHandle(_ one: String, _ other: String) -> Bool {
        unsafe one.utf8.span.withUnsafeBufferPointer { one in
            unsafe other.utf8.span.withUnsafeBufferPointer { other in
                let suffix = RepositoryLayout.recordSuffix.utf8.count
                let (first, second) = (one.count - suffix, other.count - suffix)
                guard let left = one.baseAddress, let right = other.baseAddress else { return false }
                let order = unsafe memcmp(left, right, min(first, second))
                return order == 0 ? first < second : order < 0
            }
        }
    }

    /// Returns whether a file is one of git's own, which cannot be mistaken for a record.
    static func isGitFile(_ name: String) -> Bool {
        name == ".gitkeep" || name == ".gitattributes" || name == ".gitignore"
    }

    private mutating func report(_ entry: TreeEntry, in folder: String, _ project: Listing.Folder) {
        let path = folder + "/" + entry.name
        switch entry.kind {
        case .folder where entry.name == ".git":
            problems.append(.nestedRepository(path: path))
        case .folder:
            let tree = TreeFolder(path: path, object: entry.object)
            strays.append(StrayFolders.Folder(tree: tree, role: project.role, project: project.project))
        case .symbolicLink, .submodule, .special:
            noteUnread(project.role, project: project.project)
            problems.append(.unexpectedKind(entry.kind, path: path, expected: "a file"))
        case .file where entry.name.hasSuffix(RepositoryLayout.recordSuffix):
            noteUnread(project.role, project: project.project)
            problems.append(.invalidName(entry.name, path: path, kind: "file"))
        case .file:
            if MeantRecordName(entry.name) != nil { noteUnread(project.role, project: project.project) }
            guard !Self.isGitFile(entry.name) else { return }
            problems.append(.unreadFile(entry.name, folder: folder))
        }
    }
}
