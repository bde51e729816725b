/// A tree of the files that a check read, as they were then: the base of edits of that state.
package struct CheckedTree: SourceTree {
    private let files: [String: [UInt8]]
    private let folders: [String: [TreeEntry]]

    /// Creates a tree of a repository's files, by path.
    package init(_ contents: [String: [UInt8]]) {
        files = contents
        var folders: [String: [TreeEntry]] = ["": []]
        for path in contents.keys {
            let slash = path.lastIndex(of: "/")
            let folder = slash.map { String(path[..<$0]) } ?? ""
            let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
            folders[folder, default: []].append(TreeEntry(name: name, kind: .file))
        }
        for folder in folders.keys where !folder.isEmpty {
            guard let slash = folder.firstIndex(of: "/") else { continue }
            let (top, project) = (String(folder[..<slash]), String(folder[folder.index(after: slash)...]))
            folders[top, default: []].append(TreeEntry(name: project, kind: .folder))
        }
        for role in [FileRole.provider, .secret] where folders[role.folder] != nil {
            folders["", default: []].append(TreeEntry(name: role.folder, kind: .folder))
        }
        self.folders = folders.mapValues { $0.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } }
    }

    /// See ``SourceTree/list(_:limit:)``.
    package func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>] {
        folders.map { folder in
            guard let entries = self.folders[folder.path] else {
                return .failure(TreeFailure(code: 2, reason: "no such folder", isMissing: true))
            }
            return .success(entries)
        }
    }

    /// See ``SourceTree/read(_:receive:)``.
    package func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws {
        for index in files.indices {
            guard let bytes = self.files[files[index].path] else {
                receive(index, .unreadable(TreeFailure(code: 2, reason: "no such file", isMissing: true)))
                continue
            }
            receive(index, .contents(bytes, modified: nil))
        }
    }
}
