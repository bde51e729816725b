/// The tree that a check has read, as it was then: what an edit of that state is held against.
package struct CheckedTree: SourceTree {
    private let files: [String: [UInt8]]
    private let folders: [String: [TreeEntry]]

    /// Makes the tree of the files that a check could read.
    package init(_ checked: Checked) {
        files = checked.contents
        var folders: [String: [TreeEntry]] = ["": []]
        for file in checked.model.listing.files where files[file.path] != nil {
            if file.folder.isEmpty {
                folders["", default: []].append(TreeEntry(name: file.name, kind: .file))
            } else {
                folders[file.folder, default: []].append(TreeEntry(name: file.name, kind: .file))
            }
        }
        for folder in folders.keys where !folder.isEmpty {
            guard let slash = folder.firstIndex(of: "/") else { continue }
            let (top, project) = (String(folder[..<slash]), String(folder[folder.index(after: slash)...]))
            folders[top, default: []].append(TreeEntry(name: project, kind: .folder))
        }
        for top in ["providers", "secrets"] where folders[top] != nil {
            folders["", default: []].append(TreeEntry(name: top, kind: .folder))
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
