import Glibc
package import RosterSources

/// The files of git's index: those of the next commit, regardless of the working tree.
///
/// Contents come from git's objects by their ids, so files that are the same as in a revision have the same object
/// there.
package struct IndexTree: SourceTree {
    private let index: IndexEntries
    private let reader: ObjectReader
    /// The path of the tree's root in bytes, empty or with a `/` at its end.
    private let prefix: [UInt8]

    /// The number of files for each call of `read`, which starts two processes.
    package var filesPerRead: Int { 4_096 }

    /// Makes the tree of the entries below a folder.
    ///
    /// - Throws: ``RepositoryError/noRoster`` when there are none.
    init(_ index: IndexEntries, prefix: String, reader: ObjectReader) throws {
        (self.index, self.reader, self.prefix) = (index, reader, Array(prefix.utf8))
        guard prefix.isEmpty || !index.range(of: self.prefix).isEmpty else { throw RepositoryError.noRoster }
    }

    /// See ``SourceTree/list(_:limit:)``.
    package func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>] {
        var count = 0
        return folders.map { folder in
            guard count <= limit else { return .success([]) }
            return Result { () throws(TreeFailure) in
                let entries = try entries(of: folder.path, limit: limit == .max ? .max : limit - count + 1)
                count += entries.count
                return entries
            }
        }
    }

    private func entries(of path: String, limit: Int) throws(TreeFailure) -> [TreeEntry] {
        let folder = try find(path)
        let children = index.children(of: folder.entries, depth: folder.depth, limit: limit)
        var entries = children.map { child in
            let name = String(decoding: child.name, as: UTF8.self)
            guard isFile(child) else { return TreeEntry(name: name, kind: .folder) }
            let entry = index.entries[child.entries.lowerBound]
            return TreeEntry(
                name: name,
                kind: entry.kind,
                object: String(decoding: index.bytes[entry.object], as: UTF8.self)
            )
        }
        // The index orders a folder as if its name ended with a slash.
        entries.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return entries
    }

    /// Returns whether a name is an entry of the index itself, and not a folder of entries.
    private func isFile(_ child: IndexEntries.Child) -> Bool {
        index.entries[child.entries.lowerBound].path.upperBound == child.name.endIndex
    }

    /// Finds the entries of a folder, and the number of bytes that their paths share.
    private func find(_ path: String) throws(TreeFailure) -> (entries: Range<Int>, depth: Int) {
        let bytes = path.isEmpty ? prefix : prefix + Array(path.utf8) + [UInt8(ascii: "/")]
        let range = index.range(of: bytes)
        if path.isEmpty || !range.isEmpty { return (range, bytes.count) }
        // A name that is not UTF-8 was repaired when it was listed.
        guard path.unicodeScalars.contains("\u{FFFD}") else { throw .noSuchFolder }
        var found = (entries: index.range(of: prefix), depth: prefix.count)
        for name in path.split(separator: "/") {
            let named = index.children(of: found.entries, depth: found.depth, limit: .max)
                .filter { String(decoding: $0.name, as: UTF8.self) == name && !isFile($0) }
            guard let child = named.first else { throw .noSuchFolder }
            guard named.count == 1 else { throw TreeFailure(code: 0, reason: "its name is not UTF-8") }
            found = (child.entries, found.depth + child.name.count + 1)
        }
        return found
    }

    /// See ``SourceTree/read(_:receive:)``.
    ///
    /// A file that comes without the id of its object is looked up by its path.
    package func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws {
        var files = files
        for index in files.indices where files[index].object == nil {
            files[index].object = object(at: files[index].path)
        }
        try await reader.read(files, receive: receive)
    }

    /// The id of the object of a file or link; nil when there is none.
    private func object(at path: String) -> String? {
        let bytes = prefix + Array(path.utf8)
        guard let position = index.range(of: bytes).first else { return nil }
        let entry = index.entries[position]
        guard entry.path.count == bytes.count else { return nil }
        return String(decoding: index.bytes[entry.object], as: UTF8.self)
    }
}

extension TreeFailure {
    /// The index has no entry below a folder of this name.
    fileprivate static var noSuchFolder: TreeFailure {
        TreeFailure(code: ENOENT, reason: "no such folder", isMissing: true)
    }
}

extension GitRepository {
    /// Returns the files of the index: those below ``topLevel``'s prefix, and all of them.
    ///
    /// The first is nil when the index has nothing below the prefix. `file` is the value of `GIT_INDEX_FILE`, which git
    /// sets for the hooks of a commit whose index is not the usual one.
    package func index(file: String?) async throws -> (tree: IndexTree?, top: IndexTree) {
        var git = git
        git.indexFile = file
        let index = try await IndexEntries(of: git)
        return (
            try? IndexTree(index, prefix: topLevel.prefix, reader: reader),
            try IndexTree(index, prefix: "", reader: reader)
        )
    }
}
