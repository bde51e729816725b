import RosterBytes
import RosterModel

/// A tree of files in memory, such as a rule's example or an edit that is not written yet.
public struct MemoryTree: SourceTree {
    private var folders: [String: [TreeEntry]] = ["": []]
    private var files: [String: FileReading] = [:]

    /// Creates a tree of files by path.
    public init(_ files: [(path: String, bytes: [UInt8])]) {
        for (path, bytes) in files { add(path, .file, .contents(bytes, modified: 0)) }
    }

    /// Adds an entry at a path, with its parent folders.
    package mutating func add(_ path: String, _ kind: TreeEntry.Kind, _ reading: FileReading) {
        files[path] = reading
        var name = path
        var kind = kind
        while true {
            let slash = name.lastIndex(of: "/")
            let folder = slash.map { String(name[..<$0]) } ?? ""
            let entry = TreeEntry(name: slash.map { String(name[name.index(after: $0)...]) } ?? name, kind: kind)
            if !(folders[folder, default: []].contains { $0.name == entry.name }) {
                folders[folder, default: []].append(entry)
            }
            guard !folder.isEmpty else { return }
            (name, kind) = (folder, .folder)
        }
    }

    /// Replaces the entries of a folder; the new ones need not be readable.
    package mutating func replaceEntries(of folder: String, with entries: [TreeEntry]) { folders[folder] = entries }

    /// See ``SourceTree/list(_:limit:)``.
    public func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>] {
        folders.map { folder in
            guard let entries = self.folders[folder.path] else {
                return .failure(TreeFailure(code: 2, reason: "no such folder", isMissing: true))
            }
            return .success(entries.sorted { $0.name.precedesInBytes($1.name) })
        }
    }

    /// See ``SourceTree/read(_:receive:)``.
    public func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws {
        for index in files.indices {
            switch self.files[files[index].path] {
            case .contents(let bytes, _) where bytes.count > files[index].limit: receive(index, .tooLarge)
            case let reading?: receive(index, reading)
            case nil: receive(index, .unreadable(TreeFailure(code: 2, reason: "no such file", isMissing: true)))
            }
        }
    }
}
