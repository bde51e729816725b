import RosterCompiler
import RosterModel
import RosterSources

/// The state of one search for guarded files.
struct GuardedSearch {
    let pathPrefix: String
    let base: (any SourceTree)?
    let head: (any SourceTree)?
    let ignored: GuardedFiles.IgnoredPaths?
    /// The differing files, by path.
    private(set) var files: [String: GuardedFile] = [:]
    /// The gaps of the search, by path.
    private(set) var gaps: [String: SearchGap] = [:]
    /// The remaining number of names to examine in folders that only the head has.
    var newNamesLeft = GuardedFiles.newNamesLimit
    /// The remaining number of files and folders to examine in guarded folders that only the head has.
    private var newEntriesLeft = GuardedFiles.newPlacesLimit
    /// Guarded folders that only the head has, and that were not searched.
    private var newGaps = 0
    /// Guarded names of git's top level in the base, changed or not.
    var topEntries: [EntryPair] = []

    init(
        pathPrefix: String,
        base: (any SourceTree)?,
        head: (any SourceTree)?,
        ignored: GuardedFiles.IgnoredPaths?
    ) {
        self.pathPrefix = pathPrefix
        self.base = base
        self.head = head
        self.ignored = ignored
    }

    /// Git's top level on both sides.
    var top: EntryPair {
        let folder = TreeEntry(name: "", kind: .folder)
        return EntryPair(path: "", base: base.map { _ in folder }, head: head.map { _ in folder })
    }

    /// Records a gap; the first cause for a path is kept.
    mutating func note(_ cause: SearchGap.Cause, at path: String) {
        if gaps[path] == nil { gaps[path] = SearchGap(path: path, cause: cause) }
    }

    // MARK: Listing

    /// The entries of folders on both sides.
    struct Listing {
        var entries: [EntryPair] = []
        /// The number of examined names, on the side with more.
        var count = 0
        /// A Boolean value that indicates whether there are more names than the limit.
        var isCut = false
    }

    /// Lists folders, with at most `limit` names on each side, and returns the entries for which `isWanted` is true.
    mutating func list(
        _ folders: [EntryPair],
        limit: Int,
        where isWanted: (_ folder: String, TreeEntry) -> Bool = { _, _ in true }
    ) async throws -> Listing {
        var before = try await list(folders, \.base, in: base, limit: limit)
        var after = try await list(folders, \.head, in: head, limit: limit)
        before.keep(isWanted)
        after.keep(isWanted)
        return Self.pairs(of: before, after, in: folders, limit: limit)
    }

    /// The entries of one side by the paths of their folders, and how many there were.
    private struct SideListing {
        var entries: [String: [TreeEntry]] = [:]
        var count = 0

        mutating func keep(_ isWanted: (_ folder: String, TreeEntry) -> Bool) {
            for (folder, found) in entries { entries[folder] = found.filter { isWanted(folder, $0) } }
        }
    }

    private static func pairs(
        of before: SideListing,
        _ after: SideListing,
        in folders: [EntryPair],
        limit: Int
    ) -> Listing {
        var result = Listing(
            count: max(before.count, after.count),
            isCut: before.count > limit || after.count > limit
        )
        for folder in folders {
            let (one, other) = (before.entries[folder.path] ?? [], after.entries[folder.path] ?? [])
            let prefix = folder.path.isEmpty ? "" : folder.path + "/"
            // A tree with a duplicate entry is malformed, and both entries are compared.
            var rest = Dictionary(grouping: other, by: \.name)
            for entry in one {
                var twins = rest[entry.name] ?? []
                let twin = twins.isEmpty ? nil : twins.removeFirst()
                rest[entry.name] = twins
                // After its limit, a side appears to lack the remaining entries.
                if twin == nil, after.count > limit, folder.head?.kind == .folder { continue }
                result.entries.append(EntryPair(path: prefix + entry.name, base: entry, head: twin))
            }
            if before.count > limit, folder.base?.kind == .folder { continue }
            for entry in other where rest[entry.name]?.isEmpty == false {
                rest[entry.name]?.removeFirst()
                result.entries.append(EntryPair(path: prefix + entry.name, base: nil, head: entry))
            }
        }
        return result
    }

    private mutating func list(
        _ folders: [EntryPair],
        _ side: KeyPath<EntryPair, TreeEntry?>,
        in tree: (any SourceTree)?,
        limit: Int
    ) async throws -> SideListing {
        var result = SideListing()
        guard let tree else { return result }
        let there = folders.filter { $0[keyPath: side]?.kind == .folder }
        guard !there.isEmpty else { return result }
        let asked = there.map { TreeFolder(path: $0.path, object: $0[keyPath: side]?.object) }
        for (folder, listed) in zip(asked, try await tree.list(asked, limit: limit)) {
            switch listed {
            case .success(let found):
                result.count += found.count
                result.entries[folder.path] = found
            case .failure(let failure) where failure.isMissing: continue
            case .failure(let failure):
                note(.unreadable("the folder cannot be read: \(failure.reason)"), at: folder.path)
            }
        }
        return result
    }

    /// Returns entries without those that only the working tree has and that git ignores.
    func withoutIgnored(_ entries: [EntryPair]) async throws -> [EntryPair] {
        guard let ignored else { return entries }
        let candidates = entries.filter { $0.base == nil }.map(\.path)
        guard !candidates.isEmpty else { return entries }
        let found = try await ignored(candidates)
        return found.isEmpty ? entries : entries.filter { $0.base != nil || !found.contains($0.path) }
    }

    // MARK: Walking

    /// Compares a guarded file, or all contents of a guarded folder.
    mutating func walk(_ place: EntryPair) async throws {
        var level = try await withoutIgnored([place])
        // Places of the base have separate budgets. A change can add any number of others.
        let isNew = place.base == nil && place.hasFolder
        guard !isNew || newEntriesLeft > 0 || level.isEmpty else { return noteUnsearched(place) }
        var left = isNew ? min(GuardedFiles.placeLimit, newEntriesLeft) : GuardedFiles.placeLimit
        var bytes = GuardedFiles.byteLimit
        var depth = 0
        while !level.isEmpty {
            for pair in level { try await compare(pair, in: place.path, &bytes) }
            let folders = level.filter { $0.hasFolder && !$0.isSameObject }
            guard !folders.isEmpty else { return }
            guard depth < GuardedFiles.depthLimit else {
                return note(.limit("more than \(GuardedFiles.depthLimit) levels of folders"), at: place.path)
            }
            depth += 1
            let listed = try await list(folders, limit: left)
            left -= listed.count
            if isNew { newEntriesLeft -= listed.count }
            level = try await withoutIgnored(listed.entries)
            if listed.isCut {
                for pair in level { try await compare(pair, in: place.path, &bytes) }
                return note(.limit("more than \(GuardedFiles.placeLimit) files and folders"), at: place.path)
            }
        }
    }

    /// Records a folder that only the head has and that exceeds the shared budget of such folders.
    private mutating func noteUnsearched(_ place: EntryPair) {
        newGaps += 1
        // All of them are critical, and a change must not create more rows than can be read.
        let path = newGaps <= GuardedFiles.newGapsLimit ? place.path : place.folder
        note(.limit("more than \(GuardedFiles.newPlacesLimit) files and folders in new guarded folders"), at: path)
    }

    private mutating func compare(_ pair: EntryPair, in place: String, _ bytesLeft: inout Int) async throws {
        guard files[pair.path] == nil else { return }
        let before = pair.base.flatMap { $0.kind == .folder ? nil : $0 }
        let after = pair.head.flatMap { $0.kind == .folder ? nil : $0 }
        let action: Change.Action
        switch (before, after) {
        case (nil, nil): return
        case (nil, _): action = .added
        case (_, nil): action = .deleted
        case (let before?, let after?):
            switch try await difference(pair.path, before, after, &bytesLeft) {
            case .none: return
            case .some: action = .changed
            case .unknown(let cause): return note(cause, at: pair.path)
            case .tooMuch:
                return note(.limit("more than \(GuardedFiles.byteLimit >> 20) MiB to compare"), at: place)
            }
        }
        files[pair.path] = GuardedFile(path: pair.path, action: action)
    }

    private enum Difference {
        case none, some, tooMuch
        case unknown(SearchGap.Cause)
    }

    private func difference(
        _ path: String,
        _ before: TreeEntry,
        _ after: TreeEntry,
        _ bytesLeft: inout Int
    ) async throws -> Difference {
        guard before.kind == after.kind else { return .some }
        let isManifest = after.kind == .file && GuardedNames.fold(after.name) == PackageManifest.name
        if let one = before.object, let other = after.object, !isManifest || one == other {
            return one == other ? .none : .some
        }
        guard bytesLeft > 0 else { return .tooMuch }
        if before.kind == .symbolicLink {
            let (one, other) = (try await target(path, before, base), try await target(path, after, head))
            guard let one, let other else { return .unknown(.unreadable("the link cannot be read")) }
            return one == other ? .none : .some
        }
        switch (try await read(path, before, base), try await read(path, after, head)) {
        case (.contents(let one, _), .contents(let other, _)):
            bytesLeft -= max(one.count, other.count)
            return one == other || isManifest && PackageManifest.differOnlyInDependencies(one, other) ? .none : .some
        case (.tooLarge, .tooLarge):
            return .unknown(.limit("a file of more than \(GuardedFiles.fileLimit >> 20) MiB"))
        case (.tooLarge, .contents), (.contents, .tooLarge): return .some
        case (.unreadable(let failure), _), (_, .unreadable(let failure)):
            return .unknown(.unreadable("the file cannot be read: \(failure.reason)"))
        case (.notRegular, _), (_, .notRegular): return .some
        }
    }

    func read(
        _ path: String,
        _ entry: TreeEntry,
        _ tree: (any SourceTree)?,
        limit: Int = GuardedFiles.fileLimit
    ) async throws -> FileReading {
        var result = FileReading.notRegular
        try await tree?.read([file(path, entry, limit: limit)]) { _, reading in result = reading }
        return result
    }

    /// Returns the target of a symbolic link; nil if it cannot be read.
    func target(_ path: String, _ link: TreeEntry, _ tree: (any SourceTree)?) async throws -> [UInt8]? {
        try await tree?.target(ofLink: file(path, link, limit: 4_096))
    }

    private func file(_ path: String, _ entry: TreeEntry, limit: Int) -> TreeFile {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        return TreeFile(folder: folder, name: entry.name, object: entry.object, limit: limit)
    }
}
