package import RosterSources

/// A working tree to which the index adds the files that a sparse checkout leaves out.
///
/// A file that is left out cannot differ from the index. Without this tree it would appear to be deleted.
package struct SparseTree: SourceTree {
    private let base: any SourceTree
    private let repository: GitRepository
    /// The entries that are left out, by folder and name.
    private let entries: [String: [String: TreeEntry]]

    /// Adds entries of the index to a working tree at git's top level.
    package init(_ base: any SourceTree, adding skipped: [SparseCheckout.Entry], from repository: GitRepository) {
        self.base = base
        self.repository = repository
        var entries: [String: [String: TreeEntry]] = [:]
        for entry in skipped {
            var path = entry.path[...]
            var added = TreeEntry(name: "", kind: entry.kind, object: entry.object)
            while true {
                let slash = path.lastIndex(of: "/")
                let folder = slash.map { String(path[..<$0]) } ?? ""
                added.name = String(slash.map { path[path.index(after: $0)...] } ?? path)
                // The parent folders are known once one of their files is.
                let isKnown = entries[folder] != nil
                if entries[folder]?[added.name] == nil { entries[folder, default: [:]][added.name] = added }
                guard !isKnown, !folder.isEmpty else { break }
                path = folder[...]
                added = TreeEntry(name: "", kind: .folder)
            }
        }
        self.entries = entries
    }

    package var filesPerRead: Int { base.filesPerRead }

    /// See ``SourceTree/list(_:limit:)``.
    package func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>] {
        zip(folders, try await base.list(folders, limit: limit)).map { folder, listed in
            guard let skipped = entries[folder.path] else { return listed }
            var found: [TreeEntry]
            switch listed {
            case .success(let entries): found = entries
            case .failure(let failure) where failure.isMissing: found = []
            case .failure: return listed
            }
            let present = Set(found.map(\.name))
            found += skipped.values.filter { !present.contains($0.name) }
            found.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            return .success(found)
        }
    }

    /// See ``SourceTree/read(_:receive:)``.
    package func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws {
        for index in files.indices {
            guard let object = files[index].object else {
                try await base.read(files[index...index], receive: receive)
                continue
            }
            try await repository.reader.read("blob", [.init(id: object, limit: files[index].limit)]) { _, object in
                switch object {
                case .contents(let bytes): receive(index, .contents(bytes, modified: nil))
                case .tooLarge: receive(index, .tooLarge)
                case .missing, .otherKind: receive(index, .unreadable(.missingObject))
                }
            }
        }
    }

    /// See ``SourceTree/target(ofLink:)``.
    package func target(ofLink link: TreeFile) async throws -> [UInt8]? {
        guard link.object != nil else { return try await base.target(ofLink: link) }
        var target: [UInt8]?
        try await read([link]) { _, reading in
            if case .contents(let bytes, _) = reading { target = bytes }
        }
        return target
    }
}
