package import RosterCompiler
import RosterModel

/// Finds the files that decide how changes are reviewed, shown or checked.
package struct GuardedFiles: Sendable {
    /// The way from git's top level to the repository, empty or with a `/` at its end.
    private let pathPrefix: String

    /// Such a file counts in each folder that a host or git looks into for it.
    private static let names: Set<String> = [
        ".gitattributes", ".gitmodules", "CODEOWNERS", ".gitlab-ci.yml", ".pre-commit-config.yaml",
    ]
    /// Folders of git's top level in which `CODEOWNERS` is looked for.
    private static let ownerFolders: Set<String> = ["docs", ".gitlab"]
    /// A folder in which everything counts.
    private static let hostFolder = ".github"
    private static let entryLimit = 20_000
    private static let sizeLimit = 16 << 20

    package init(pathPrefix: String) { self.pathPrefix = pathPrefix }

    /// Those that are not the same on both sides, by path.
    package func differences(base: (any SourceTree)?, head: (any SourceTree)?) async throws -> [GuardedFile] {
        let (before, after) = (try await find(in: base), try await find(in: head))
        var result: [GuardedFile] = []
        for path in Set(before.keys).union(after.keys).sorted(by: { $0.precedesInBytes($1) }) {
            switch (before[path], after[path]) {
            case (let one?, let other?):
                guard try await areSame(path, one, base, other, head) else {
                    result.append(GuardedFile(path: path, action: .changed))
                    continue
                }
            case (nil, _): result.append(GuardedFile(path: path, action: .added))
            case (_, nil): result.append(GuardedFile(path: path, action: .deleted))
            }
        }
        return result
    }

    private func find(in tree: (any SourceTree)?) async throws -> [String: TreeEntry] {
        guard let tree else { return [:] }
        var found: [String: TreeEntry] = [:]
        var folders = [TreeFolder(path: "")]
        var left = Self.entryLimit + RepositoryLayout.entryLimit
        while !folders.isEmpty, left > 0 {
            var next: [TreeFolder] = []
            for (folder, entries) in zip(folders, try await tree.list(folders, limit: left)) {
                guard case .success(let entries) = entries else { continue }
                left -= entries.count
                let isHostFolder = folder.path == Self.hostFolder || folder.path.hasPrefix(Self.hostFolder + "/")
                for entry in entries {
                    let isNamed = isHostFolder || entry.name.first == "." || Self.names.contains(entry.name)
                    guard isNamed || entry.kind == .folder else { continue }
                    let path = folder.path.isEmpty ? entry.name : folder.path + "/" + entry.name
                    if entry.kind == .folder {
                        if isSearched(path) { next.append(TreeFolder(path: path, object: entry.object)) }
                    } else if isHostFolder || Self.names.contains(entry.name) || path == Self.hostFolder {
                        found[path] = entry
                    }
                }
            }
            folders = next
        }
        return found
    }

    private func isSearched(_ path: String) -> Bool {
        if path == Self.hostFolder || path.hasPrefix(Self.hostFolder + "/") { return true }
        if Self.ownerFolders.contains(path) || pathPrefix.hasPrefix(path + "/") { return true }
        guard path.hasPrefix(pathPrefix) else { return false }
        let words = path.dropFirst(pathPrefix.count).split(separator: "/")
        return words.count <= 2 && (words.first == "providers" || words.first == "secrets")
    }

    private func areSame(
        _ path: String,
        _ one: TreeEntry,
        _ base: (any SourceTree)?,
        _ other: TreeEntry,
        _ head: (any SourceTree)?
    ) async throws -> Bool {
        guard one.kind == other.kind else { return false }
        if let object = one.object, let second = other.object { return object == second }
        // What a link leads to is not read on either side.
        guard one.kind == .file else { return true }
        return try await bytes(path, one, base) == bytes(path, other, head)
    }

    private func bytes(_ path: String, _ entry: TreeEntry, _ tree: (any SourceTree)?) async throws -> [UInt8]? {
        let slash = path.lastIndex(of: "/")
        let file = TreeFile(
            folder: slash.map { String(path[..<$0]) } ?? "",
            name: entry.name,
            object: entry.object,
            limit: Self.sizeLimit
        )
        var bytes: [UInt8]?
        try await tree?.read([file]) { _, reading in
            if case .contents(let contents, _) = reading { bytes = contents }
        }
        return bytes
    }
}
