import RosterCompiler
import RosterModel
import RosterSources

extension GuardedSearch {
    /// Finds guarded names in the folders that are searched for them, and compares these files and folders.
    mutating func searchNames() async throws {
        var places: [EntryPair] = []
        var folders = [top]
        while !folders.isEmpty {
            var next: [EntryPair] = []
            for folder in folders {
                let (matches, below) = try await searchFolder(folder)
                places += matches
                next += below
            }
            folders = next
        }
        for path in GuardedNames.gateFolders { places += try await entries(at: path) }
        for place in places where !place.isSameObject { try await walk(place) }
    }

    /// The maximum number of names to examine in a folder; 0 when the budget of folders that only the head has is used
    /// up.
    private func namesLimit(_ folder: EntryPair) -> Int {
        folder.base == nil ? min(GuardedFiles.folderLimit, newNamesLeft) : GuardedFiles.folderLimit
    }

    /// Subtracts examined names from the budget of folders that only the head has.
    private mutating func count(_ names: Int, in folder: EntryPair) {
        if folder.base == nil { newNamesLeft = max(0, newNamesLeft - names) }
    }

    /// Returns the guarded names of a folder, and the subfolders to search next.
    private mutating func searchFolder(
        _ folder: EntryPair
    ) async throws -> (matches: [EntryPair], next: [EntryPair]) {
        let (prefix, names, roster) = (searchedPaths, recordFolders, pathPrefix + RepositoryLayout.rosterFile)
        let foldedRoster = GuardedNames.fold(roster)
        func isOtherRoster(_ path: String) -> Bool { path != roster && GuardedNames.fold(path) == foldedRoster }
        let isTop = folder.path.isEmpty
        let limit = namesLimit(folder)
        guard limit > 0 else {
            noteUnlisted(folder)
            return ([], [])
        }
        let listed = try await list([folder], limit: limit) { path, entry in
            if GuardedNames.contains(entry.name) { return true }
            let path = path.isEmpty ? entry.name : path + "/" + entry.name
            if isOtherRoster(path) { return true }
            guard entry.kind == .folder else { return false }
            let folded = GuardedNames.fold(path)
            return prefix.contains(folded) || names.contains(folded)
        }
        count(listed.count, in: folder)
        if listed.isCut { note(.limit("more than \(limit) names"), at: folder.path) }
        var (matches, next): ([EntryPair], [EntryPair]) = ([], [])
        for entry in listed.entries {
            let name = (entry.base ?? entry.head)?.name ?? ""
            if GuardedNames.contains(name) {
                if isTop, entry.base != nil { topEntries.append(entry) }
                matches.append(entry)
            } else if isOtherRoster(entry.path) {
                matches.append(entry)
            } else if !entry.isSameObject {
                if names.contains(GuardedNames.fold(entry.path)) {
                    matches += try await searchProjects(entry)
                } else {
                    next.append(entry)
                }
            }
        }
        return (matches, next)
    }

    /// Paths of folders that are searched, folded with ``GuardedNames/fold(_:)``.
    private var searchedPaths: Set<String> {
        var paths: Set<String> = ["docs"]
        var path = ""
        for part in pathPrefix.split(separator: "/") {
            path += (path.isEmpty ? "" : "/") + GuardedNames.fold(String(part))
            paths.insert(path)
        }
        return paths
    }

    /// The folders of records, `providers` and `secrets`.
    private var recordFolders: Set<String> {
        Set([FileRole.provider, .secret].map { GuardedNames.fold(pathPrefix + $0.folder) })
    }

    /// Returns the guarded names in a folder of records and in each of its projects' folders.
    private mutating func searchProjects(_ role: EntryPair) async throws -> [EntryPair] {
        let limit = namesLimit(role)
        guard limit > 0 else {
            noteUnlisted(role)
            return []
        }
        let listed = try await list([role], limit: limit) { _, entry in
            entry.kind == .folder || GuardedNames.contains(entry.name)
        }
        count(listed.count, in: role)
        if listed.isCut { note(.limit("more than \(limit) names"), at: role.path) }
        func isProject(_ pair: EntryPair) -> Bool {
            pair.hasFolder && (pair.base ?? pair.head).map { Handle.isValid($0.name.utf8) } ?? false
        }
        var matches = listed.entries.filter { pair in
            (pair.base ?? pair.head).map { GuardedNames.contains($0.name) } ?? false && !isProject(pair)
        }
        // Projects of the base come first, so that new projects cannot prevent their search.
        let projects = listed.entries.filter { $0.hasFolder && !$0.isSameObject }
        let ordered = projects.filter { $0.base != nil } + projects.filter { $0.base == nil }
        var left = role.base == nil ? newNamesLeft : GuardedFiles.projectsLimit
        defer { if role.base == nil { newNamesLeft = max(0, left) } }
        let isSpelledOut = [FileRole.provider, .secret].contains { role.path == pathPrefix + $0.folder }
        func isGuarded(_ folder: String, _ entry: TreeEntry) -> Bool {
            Self.isGuardedRecord(entry, isSpelledOut: isSpelledOut)
        }
        var clean: Set<String> = []
        var rest = ordered[...]
        while !rest.isEmpty {
            let chunk = Array(rest.prefix(64))
            rest = rest.dropFirst(64)
            guard left > 0 else {
                note(.limit("more than \(GuardedFiles.projectsLimit) names in projects' folders"), at: role.path)
                return matches
            }
            let listed = try await list(chunk, limit: min(left, GuardedFiles.folderLimit), where: isGuarded)
            if !listed.isCut {
                left -= listed.count
                matches += listed.entries
                continue
            }
            // Folders are searched individually, so that one cannot use up the limit of another.
            for project in chunk where !(project.objects.map(clean.contains) ?? false) {
                guard left > 0 else { continue }
                let listed = try await list([project], limit: GuardedFiles.folderLimit, where: isGuarded)
                left -= listed.count
                matches += listed.entries
                if listed.isCut { note(.limit("more than \(GuardedFiles.folderLimit) names"), at: project.path) }
                if listed.entries.isEmpty, !listed.isCut, let objects = project.objects { clean.insert(objects) }
            }
            if left <= 0 {
                note(.limit("more than \(GuardedFiles.projectsLimit) names in projects' folders"), at: role.path)
            }
        }
        return matches
    }

    /// Records a gap for a folder that was not examined at its parent folder: there can be any number of spellings.
    private mutating func noteUnlisted(_ folder: EntryPair) {
        note(.limit("more than \(GuardedFiles.newNamesLimit) names in new folders"), at: folder.folder)
    }

    /// Returns whether an entry of a project's folder has a guarded name and is not a record with such a name.
    ///
    /// A file that is a record only on a case-insensitive file system is guarded, too: it can replace the record there.
    private static func isGuardedRecord(_ entry: TreeEntry, isSpelledOut: Bool) -> Bool {
        if isRecord(entry) { return !isSpelledOut }
        let folded = GuardedNames.fold(entry.name)
        return GuardedNames.contains(entry.name) || folded != entry.name && isRecord(folded)
    }

    private static func isRecord(_ entry: TreeEntry) -> Bool {
        entry.kind == .file && isRecord(entry.name)
    }

    private static func isRecord(_ name: String) -> Bool {
        name.hasSuffix(RepositoryLayout.recordSuffix)
            && Handle.isValid(name.utf8.dropLast(RepositoryLayout.recordSuffix.utf8.count))
    }

    /// Returns the entries at a path in any spelling that a case-insensitive file system takes for it.
    mutating func entries(at path: String) async throws -> [EntryPair] {
        var found = [top]
        for part in path.split(separator: "/") {
            let wanted = GuardedNames.fold(String(part))
            var next: [EntryPair] = []
            for folder in found where folder.hasFolder {
                let listed = try await list([folder], limit: GuardedFiles.folderLimit) { _, entry in
                    GuardedNames.fold(entry.name) == wanted
                }
                if listed.isCut { note(.limit("more than \(GuardedFiles.folderLimit) names"), at: folder.path) }
                next += listed.entries
            }
            found = next
        }
        return found
    }
}
