import RosterBytes
import RosterCompiler
import RosterModel
import RosterSources

extension GuardedSearch {
    /// The maximum number of files that are searched for references.
    private static let textLimit = 2_000
    /// The maximum size of such a file in bytes.
    private static let textSizeLimit = 512 << 10
    /// The maximum number of working directories of one file.
    private static let workingFolderLimit = 256
    /// The maximum number of folders in which references are resolved.
    private static let lookupLimit = 4_000

    /// A file of the base that a pipeline reads or executes.
    private struct Text {
        var path: String
        var entry: TreeEntry
    }

    /// Finds the files that the base's pipelines and actions execute or include, and compares them.
    ///
    /// References of the head are not needed: its pipelines differ from the base's, and have separate rows.
    mutating func searchReferences() async throws {
        guard base != nil else { return }
        var queue: [Text] = []
        for place in topEntries { queue += try await texts(below: place) }
        for path in GuardedNames.gateFolders {
            for place in try await entries(at: path) { queue += try await texts(below: place) }
        }
        var lookup = PathLookup()
        var seen = Set(queue.map(\.path))
        var next = 0
        while next < queue.count {
            guard next < Self.textLimit else {
                return note(.limit("more than \(Self.textLimit) files of pipelines, actions and scripts"), at: "")
            }
            let text = queue[next]
            next += 1
            for named in try await paths(named: text) {
                for pair in try await entries(at: named.path, &lookup) {
                    guard !isRecord(pair.path), !seen.contains("> " + pair.path) else { continue }
                    if pair.hasFolder {
                        guard named.use != .program else { continue }
                        if !named.isPattern, named.use == .included, try await !holdsAction(pair) { continue }
                    } else if named.isPattern {
                        continue
                    }
                    seen.insert("> " + pair.path)
                    if !pair.isSameObject { try await walk(pair) }
                    guard pair.base != nil else { continue }
                    for found in try await texts(below: pair) where seen.insert(found.path).inserted {
                        queue.append(found)
                    }
                }
            }
        }
    }

    /// Returns the base's files at guarded paths that can refer to others.
    private mutating func texts(below place: EntryPair) async throws -> [Text] {
        guard let entry = place.base else { return [] }
        guard entry.kind == .folder else { return [Text(path: place.path, entry: entry)] }
        var result: [Text] = []
        var level = [EntryPair(path: place.path, base: entry, head: nil)]
        var left = GuardedFiles.placeLimit
        var depth = 0
        while !level.isEmpty, depth < GuardedFiles.depthLimit {
            depth += 1
            let listed = try await list(level, limit: left)
            left -= listed.count
            level = []
            for pair in listed.entries {
                guard let entry = pair.base else { continue }
                if entry.kind == .folder {
                    level.append(pair)
                } else if !Self.isProse(entry.name) {
                    result.append(Text(path: pair.path, entry: entry))
                }
            }
            if listed.isCut {
                note(.limit("more than \(GuardedFiles.placeLimit) files and folders in the base"), at: place.path)
                break
            }
        }
        return result
    }

    /// Returns whether a file is text for people, in which a path has no meaning for programs.
    private static func isProse(_ name: String) -> Bool {
        [".md", ".txt", ".rst", ".adoc", ".png", ".svg", ".jpg", ".gif"].contains { name.hasSuffix($0) }
    }

    /// A path that a reference can resolve to.
    private struct NamedPath {
        /// The path relative to git's top level.
        var path: String
        var use: FileReferences.Use
        var isPattern: Bool
    }

    /// Returns the paths that a file of the base can refer to.
    private mutating func paths(named text: Text) async throws -> [NamedPath] {
        let folder = text.path.lastIndex(of: "/").map { String(text.path[..<$0]) } ?? ""
        if text.entry.kind == .symbolicLink {
            guard let target = try await target(text.path, text.entry, base) else { return [] }
            let path = Self.resolve(String(decoding: target, as: UTF8.self), in: folder)
            return path.map { [NamedPath(path: $0, use: .included, isPattern: false)] } ?? []
        }
        guard text.entry.kind == .file else { return [] }
        let bytes: [UInt8]
        switch try await read(text.path, text.entry, base, limit: Self.textSizeLimit) {
        case .contents(let contents, _): bytes = contents
        // A bundle of code is generated, and its whole action is guarded; a pipeline of this size cannot be analyzed.
        case .tooLarge where !text.entry.name.hasSuffix(".yml") && !text.entry.name.hasSuffix(".yaml"): return []
        case .tooLarge:
            note(.limit("a file of more than \(Self.textSizeLimit >> 10) KiB that may name others"), at: text.path)
            return []
        case .unreadable(let failure):
            note(.unreadable("the base's file cannot be read: \(failure.reason)"), at: text.path)
            return []
        case .notRegular: return []
        }
        // Binary files contain no references.
        guard !bytes.prefix(8_192).contains(0) else { return [] }
        var result: [NamedPath] = []
        let found = FileReferences(bytes)
        let working = found.workingFolders.sorted { $0.precedesInBytes($1) }
        if working.count > Self.workingFolderLimit {
            note(.limit("more than \(Self.workingFolderLimit) folders that commands are executed in"), at: text.path)
        }
        var folders = Set(["", folder, String(pathPrefix.dropLast())])
        for start in folders {
            folders.formUnion(working.prefix(Self.workingFolderLimit).compactMap { Self.resolve($0, in: start) })
        }
        for reference in found.references.sorted(by: { ($0.path, $0.use.rawValue) < ($1.path, $1.use.rawValue) }) {
            for folder in folders.sorted() {
                guard let path = Self.resolve(reference.path, in: folder), !path.isEmpty else { continue }
                result.append(NamedPath(path: path, use: reference.use, isPattern: reference.isPattern))
            }
        }
        return result
    }

    /// Returns a path relative to the top level; nil if it is outside of it.
    private static func resolve(_ path: String, in folder: String) -> String? {
        var parts = folder.split(separator: "/")
        for part in path.split(separator: "/") where part != "." {
            // The matches of a pattern are in the folder of its literal prefix.
            if part.contains("*") { break }
            guard part == ".." else {
                parts.append(part)
                continue
            }
            guard !parts.isEmpty else { return nil }
            parts.removeLast()
        }
        return parts.joined(separator: "/")
    }

    /// The entries of listed folders, by name, folded with ``GuardedNames/fold(_:)``.
    private struct PathLookup {
        var entries: [String: [String: [EntryPair]]] = [:]
    }

    private mutating func entries(at path: String, _ lookup: inout PathLookup) async throws -> [EntryPair] {
        var found = [top]
        for part in path.split(separator: "/") {
            let wanted = GuardedNames.fold(String(part))
            var next: [EntryPair] = []
            for folder in found where folder.hasFolder {
                next += try await children(of: folder, &lookup)[wanted] ?? []
            }
            guard !next.isEmpty else { return [] }
            found = next
        }
        return found
    }

    private mutating func children(
        of folder: EntryPair,
        _ lookup: inout PathLookup
    ) async throws -> [String: [EntryPair]] {
        if let known = lookup.entries[folder.path] { return known }
        guard lookup.entries.count < Self.lookupLimit else {
            note(.limit("more than \(Self.lookupLimit) folders that pipelines name files in"), at: "")
            return [:]
        }
        // References of a pipeline can resolve to folders of sources, which can be large.
        let listed = try await list([folder], limit: GuardedFiles.folderLimit)
        if listed.isCut { note(.limit("more than \(GuardedFiles.folderLimit) names"), at: folder.path) }
        let entries = Dictionary(grouping: listed.entries) { pair in
            GuardedNames.fold((pair.base ?? pair.head)?.name ?? "")
        }
        lookup.entries[folder.path] = entries
        return entries
    }

    /// Returns whether a folder contains an action, or files that a pattern of a pipeline includes.
    private mutating func holdsAction(_ folder: EntryPair) async throws -> Bool {
        let listed = try await list([folder], limit: GuardedFiles.placeLimit) { _, entry in
            let name = GuardedNames.fold(entry.name)
            return ["action.yml", "action.yaml", "dockerfile"].contains(name)
        }
        return !listed.entries.isEmpty
    }

    /// Returns whether a path is a record's or `roster.yaml`, whose changes have other rules.
    private func isRecord(_ path: String) -> Bool {
        guard path.hasPrefix(pathPrefix) else { return false }
        let parts = path.dropFirst(pathPrefix.count).split(separator: "/")
        if parts.count == 1 { return parts[0] == RepositoryLayout.rosterFile }
        guard [FileRole.provider.folder, FileRole.secret.folder].contains(String(parts[0])) else { return false }
        return parts.count < 3 || parts[2].hasSuffix(RepositoryLayout.recordSuffix)
    }
}
