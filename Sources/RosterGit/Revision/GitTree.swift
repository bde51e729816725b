package import RosterSources
import Synchronization

/// The files of a commit, read without a checkout.
package struct GitTree: SourceTree {
    private let reader: ObjectReader
    private let root: String
    private let idSize: Int

    /// The number of files for each call of `read`, which starts two processes.
    package var filesPerRead: Int { 4_096 }

    /// Walks from the commit down to the folder of `roster.yaml`.
    init(commit: String, prefix: String, reader: ObjectReader) async throws {
        try await self.init(tree: try await Self.rootTree(of: commit, reader), prefix: prefix, reader: reader)
    }

    /// Walks from a tree down to the folder of `roster.yaml`.
    init(tree: String, prefix: String, reader: ObjectReader) async throws {
        let idSize = tree.utf8.count / 2
        var folder = tree
        for name in prefix.split(separator: "/") {
            let entries: [TreeEntry]
            switch try await Self.list([folder], limit: .max, idSize: idSize, reader)[0] {
            case .success(let found): entries = found
            case .failure(let failure): throw RepositoryError.unreadableRepository(failure)
            }
            guard let next = entries.first(where: { $0.name == name && $0.kind == .folder })?.object else {
                throw RepositoryError.noRoster
            }
            folder = next
        }
        (self.reader, self.idSize, root) = (reader, idSize, folder)
    }

    static func rootTree(of commit: String, _ reader: ObjectReader) async throws -> String {
        guard let header = try await CommitObject.read(commit, reader) else { throw GitError.missingObject(commit) }
        guard let tree = header.tree else { throw GitError.malformedAnswer(command: "cat-file") }
        try header.checkDate(of: commit)
        return tree
    }

    /// See ``SourceTree/list(_:limit:)``.
    package func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>] {
        try await Self.list(
            folders.map { $0.path.isEmpty ? root : $0.object ?? "" },
            limit: limit,
            idSize: idSize,
            reader
        )
    }

    private static func list(
        _ trees: [String],
        limit: Int,
        idSize: Int,
        _ reader: ObjectReader
    ) async throws -> [TreeObject.Listing] {
        var known = reader.server?.trees.withLock { $0 } ?? [:]
        var results: [TreeObject.Listing] = []
        var count = 0
        // One tree can appear a million times in another: it is read once, and nothing is read past the limit.
        while results.count < trees.count, count <= limit {
            let left = (limit - count).advanced(by: limit == .max ? 0 : 1)
            if let listing = known[trees[results.count]] {
                results.append(listing.map { $0.count > left ? Array($0[..<left]) : $0 })
                if case .success(let entries) = results[results.count - 1] { count += entries.count }
                continue
            }
            var next: [String] = []
            for id in trees[results.count...].prefix(treesPerRead) where known[id] == nil && !next.contains(id) {
                next.append(id)
            }
            let requests = next.map { ObjectReader.Request(id: $0, limit: TreeObject.sizeLimit) }
            try await reader.read("tree", requests) { index, tree in
                let listing = entries(of: tree, idSize: idSize, limit: left)
                known[next[index]] = listing
                // A truncated listing would be wrong the next time.
                guard let server = reader.server, case .success(let entries) = listing, entries.count < left else {
                    return
                }
                server.trees.withLock { $0[next[index]] = listing }
            }
        }
        return results + Array(repeating: .success([]), count: trees.count - results.count)
    }

    /// Few enough to hold in memory, enough that the cost of a call does not matter.
    private static let treesPerRead = 256

    private static func entries(
        of tree: consuming ObjectReader.Object,
        idSize: Int,
        limit: Int
    ) -> Result<[TreeEntry], TreeFailure> {
        switch tree {
        case .contents(let bytes):
            guard let entries = TreeObject.entries(in: bytes, idSize: idSize, limit: limit) else {
                return .failure(TreeFailure(code: 0, reason: "git's tree object is malformed"))
            }
            return .success(entries)
        case .tooLarge: return .failure(TreeFailure(code: 0, reason: "git's tree object is over 64 MiB"))
        case .missing, .otherKind: return .failure(.missingObject)
        }
    }

    /// See ``SourceTree/read(_:receive:)``.
    package func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws {
        try await reader.read(files, receive: receive)
    }
}

extension ObjectReader {
    /// An id that no object has.
    private static let noObject = String(repeating: "0", count: 40)

    /// Reads files by the ids of their objects, and passes each to `receive` with its index in `files`, in their order.
    func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws {
        let requests = files.map { Request(id: $0.object ?? Self.noObject, limit: $0.limit) }
        try await read("blob", requests) { index, object in
            switch object {
            case .contents(let bytes): receive(files.startIndex + index, .contents(bytes, modified: nil))
            case .tooLarge: receive(files.startIndex + index, .tooLarge)
            case .missing, .otherKind: receive(files.startIndex + index, .unreadable(.missingObject))
            }
        }
    }
}

extension TreeFailure {
    /// A damaged repository: a partial clone is reported as such.
    static var missingObject: TreeFailure {
        TreeFailure(code: 0, reason: "git has no such object here; look for damage: git fsck")
    }
}
