import RosterModel

/// A tree whose files are in memory: for the rules' examples, and for edits that are not written yet.
public struct MemoryTree: SourceTree {
    private var folders: [String: [TreeEntry]] = ["": []]
    private var files: [String: FileReading] = [:]

    /// Makes a tree of files by path.
    public init(_ files: [(path: String, bytes: [UInt8])]) {
        for (path, bytes) in files { add(path, .file, .contents(bytes, modified: 0)) }
    }

    /// Puts something at a path that is not taken; its folders are made.
    mutating func add(_ path: String, _ kind: TreeEntry.Kind, _ reading: FileReading) {
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

    /// Makes a folder hold other entries, which need not be readable.
    mutating func replaceEntries(of folder: String, with entries: [TreeEntry]) { folders[folder] = entries }

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
