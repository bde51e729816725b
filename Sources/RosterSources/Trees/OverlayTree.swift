/// A tree with some of its files replaced, added or removed: the result of an edit.
package struct OverlayTree: SourceTree {
    private let base: any SourceTree
    /// The new bytes by path; nil for a removed file.
    private let changes: [String: [UInt8]?]

    /// Creates a tree with changes on top of a base.
    package init(_ base: any SourceTree, changes: [String: [UInt8]?]) {
        self.base = base
        self.changes = changes
    }

    /// See ``SourceTree/filesPerRead``.
    package var filesPerRead: Int { base.filesPerRead }

    /// See ``SourceTree/list(_:limit:)``.
    package func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>] {
        let listed = try await base.list(folders, limit: limit)
        return zip(folders, listed).map { folder, result in
            var entries: [TreeEntry]
            switch result {
            case .success(let found): entries = found
            case .failure(let failure):
                guard failure.isMissing, !additions(to: folder.path).isEmpty else { return .failure(failure) }
                entries = []
            }
            let prefix = folder.path.isEmpty ? "" : folder.path + "/"
            entries.removeAll { entry in changes[prefix + entry.name].map { $0 == nil } ?? false }
            for addition in additions(to: folder.path) where !entries.contains(where: { $0.name == addition.name }) {
                entries.append(addition)
            }
            entries.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            return .success(entries)
        }
    }

    /// See ``SourceTree/read(_:receive:)``.
    package func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws {
        var start = files.startIndex
        while start < files.endIndex {
            if let bytes = changes[files[start].path] ?? nil {
                receive(start, bytes.count > files[start].limit ? .tooLarge : .contents(bytes, modified: nil))
                start += 1
                continue
            }
            let end = files[start...].firstIndex { changes[$0.path] != nil } ?? files.endIndex
            try await base.read(files[start..<end], receive: receive)
            start = end
        }
    }

    /// Returns the files and folders that the changes add directly to a folder.
    private func additions(to folder: String) -> [TreeEntry] {
        let prefix = folder.isEmpty ? "" : folder + "/"
        var names: [String: TreeEntry.Kind] = [:]
        for (path, bytes) in changes where bytes != nil && path.hasPrefix(prefix) {
            let rest = path.dropFirst(prefix.count)
            let name = String(rest.prefix { $0 != "/" })
            names[name] = name.count == rest.count ? .file : .folder
        }
        return names.map { TreeEntry(name: $0.key, kind: $0.value) }
    }
}
