import Glibc
import RosterModel

/// Walks a tree level by level and sorts what it finds into files that are read and names that are reported.
struct Lister {
    private(set) var listing = Listing()
    private(set) var findings = Findings()
    private let tree: any SourceTree
    private var entryCount = 0
    /// Folders that are not read and may hold records.
    private var strays: [StrayFolders.Folder] = []

    init(tree: any SourceTree) { self.tree = tree }

    /// Lists the repository.
    ///
    /// - Throws: ``CompilerError/noRoster`` when there is no `roster.yaml`, or what the tree throws.
    mutating func list() async throws {
        let root: [TreeEntry]
        switch try await tree.list([TreeFolder(path: "")], limit: .max)[0] {
        case .success(let entries): root = entries
        case .failure(let failure): throw CompilerError.unreadableRepository(failure)
        }
        guard let roster = root.first(where: { $0.name == RepositoryLayout.rosterFile }) else {
            throw CompilerError.noRoster
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
            SymbolicLink.report(roster, path: RepositoryLayout.rosterFile, expected: "a file", &findings)
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

    /// Notes the records in folders that are not read, and reports folders of a project without any.
    private mutating func searchStrayFolders() async throws {
        var search = StrayFolders(tree: tree)
        let found = try await search.records(in: strays)
        for folder in strays {
            if let records = found[folder.tree.path] {
                listing.misplaced += records
                noteUnread(folder.role, project: folder.project)
            } else if folder.project != nil {
                UnexpectedFile.reportOther(folder.tree.path, expected: "<handle>.yaml", &findings)
            }
        }
    }

    /// Notes that a record of a project, or of any project, was not read.
    private mutating func noteUnread(_ role: FileRole, project: String?) {
        guard role == .provider else { return }
        if let project {
            listing.projectsWithUnreadProviders.insert(project)
        } else {
            listing.areProvidersUnread = true
        }
    }

    /// A project's folder that is to be listed.
    private struct Project {
        var role: FileRole
        var handle: String
        var folder: TreeFolder
    }

    /// The folder of all records of a kind; nil, with a finding, when something else has its name.
    private mutating func top(_ role: FileRole, _ entry: TreeEntry) -> (role: FileRole, folder: TreeFolder)? {
        guard entry.kind == .folder else {
            SymbolicLink.report(entry, path: role.folder, expected: "a folder", &findings)
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
                SymbolicLink.reportNestedRepository(path: path, &findings)
            case .folder:
                guard Handle.isValid(entry.name.utf8) else {
                    InvalidHandle.report(entry.name, path: path, what: "folder", &findings)
                    continue
                }
                let folder = TreeFolder(path: path, object: entry.object)
                projects.append(Project(role: role, handle: entry.name, folder: folder))
            case .file:
                addMisplaced(entry.name, path: path, role)
            case .symbolicLink, .submodule, .special:
                SymbolicLink.report(entry, path: path, expected: "a project's folder", &findings)
            }
        }
        return projects
    }

    /// Notes a record that is not in a project's folder, and reports any other file there.
    private mutating func addMisplaced(_ name: String, path: String, _ role: FileRole) {
        guard let meant = MeantRecordName(name) else {
            guard !UnexpectedFile.isGitFile(name) else { return }
            return UnexpectedFile.reportOther(path, expected: "<project>/<handle>.yaml", &findings)
        }
        noteUnread(role, project: nil)
        listing.misplaced.append(
            MisplacedRecord(path: path, role: role, project: nil, name: meant.corrected, folder: role.folder)
        )
    }

    /// The entries of a folder; nil, with a finding, when they cannot be had or are too many.
    private mutating func entries(
        of folder: TreeFolder,
        _ result: Result<[TreeEntry], TreeFailure>
    ) -> [TreeEntry]? {
        switch result {
        case .failure(let failure):
            UnreadableFile.report(failure, path: folder.path, what: "folder", &findings)
            return nil
        case .success(let entries):
            let before = entryCount
            entryCount += entries.count
            guard entryCount <= RepositoryLayout.entryLimit else {
                if before <= RepositoryLayout.entryLimit { TooManyFiles.report(path: folder.path, &findings) }
                return nil
            }
            return entries
        }
    }

    private mutating func add(_ entries: [TreeEntry], to folder: Listing.Folder, _ tree: TreeFolder) {
        let index = Int32(listing.folders.count)
        listing.folders.append(folder)
        let start = listing.files.count
        // A span lends each entry; the array would count all that it holds once more.
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
        // `a-b.yaml` comes before `a.yaml`, and the handle `a` before `a-b`.
        // That is nearly the order that the names came in, so each is put where it belongs.
        for index in listing.files.indices[start...].dropFirst() {
            var place = index
            while place > start, Self.precedesByHandle(listing.files[place].name, listing.files[place - 1].name) {
                listing.files.swapAt(place, place - 1)
                place -= 1
            }
        }
    }

    /// Whether a file's name is a handle and `.yaml`.
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

    /// The order of handles: without what follows the first dot, which only the suffix has.
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

    private mutating func report(_ entry: TreeEntry, in folder: String, _ project: Listing.Folder) {
        let path = folder + "/" + entry.name
        switch entry.kind {
        case .folder where entry.name == ".git":
            SymbolicLink.reportNestedRepository(path: path, &findings)
        case .folder:
            let tree = TreeFolder(path: path, object: entry.object)
            strays.append(StrayFolders.Folder(tree: tree, role: project.role, project: project.project))
        case .symbolicLink, .submodule, .special:
            noteUnread(project.role, project: project.project)
            SymbolicLink.report(entry, path: path, expected: "a file", &findings)
        case .file where entry.name.hasSuffix(RepositoryLayout.recordSuffix):
            noteUnread(project.role, project: project.project)
            InvalidHandle.report(entry.name, path: path, what: "file", &findings)
        case .file:
            if MeantRecordName(entry.name) != nil { noteUnread(project.role, project: project.project) }
            UnexpectedFile.report(entry.name, in: folder, &findings)
        }
    }
}
