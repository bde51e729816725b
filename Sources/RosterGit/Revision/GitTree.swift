package import RosterCompiler

/// The files of a commit, read without a checkout.
package struct GitTree: SourceTree {
    private let reader: ObjectReader
    private let root: String
    private let idSize: Int

    /// Files that one reading is given: it starts two processes.
    package var filesPerRead: Int { 4_096 }

    /// Walks from the commit down to the folder of `roster.yaml`.
    init(commit: String, prefix: String, git: GitProgram) async throws {
        try await self.init(tree: try await Self.rootTree(of: commit, ObjectReader(git: git)), prefix: prefix, git: git)
    }

    /// Walks from a tree down to the folder of `roster.yaml`.
    init(tree: String, prefix: String, git: GitProgram) async throws {
        let reader = ObjectReader(git: git)
        let idSize = tree.utf8.count / 2
        var folder = tree
        for name in prefix.split(separator: "/") {
            let listed = try await Self.list([folder], limit: .max, idSize: idSize, reader)[0]
            guard case .success(let entries) = listed,
                let next = entries.first(where: { $0.name == name && $0.kind == .folder })?.object
            else { throw CompilerError.noRoster }
            folder = next
        }
        (self.reader, self.idSize, root) = (reader, idSize, folder)
    }

    private static func rootTree(of commit: String, _ reader: ObjectReader) async throws -> String {
        guard let header = try await CommitObject.read(commit, reader), let tree = header.tree else {
            throw GitError.malformedAnswer(command: "cat-file")
        }
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
    ) async throws -> [Result<[TreeEntry], TreeFailure>] {
        var results: [Result<[TreeEntry], TreeFailure>] = []
        var count = 0
        let requests = trees.map { ObjectReader.Request(id: $0, limit: TreeObject.sizeLimit) }
        do {
            try await reader.read("tree", requests) { _, tree throws(PassedLimit) in
                results.append(
                    entries(of: tree, idSize: idSize, limit: (limit - count).advanced(by: limit == .max ? 0 : 1))
                )
                if case .success(let entries) = results[results.count - 1] { count += entries.count }
                if count > limit { throw PassedLimit() }
            }
        } catch is PassedLimit {
            // One tree can stand a million times in another: past the limit nothing more is read.
            results += Array(repeating: .success([]), count: trees.count - results.count)
        }
        return results
    }

    private struct PassedLimit: Error {}

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
        let requests = files.map { ObjectReader.Request(id: $0.object ?? "", limit: $0.limit) }
        try await reader.read("blob", requests) { index, object in
            switch object {
            case .contents(let bytes): receive(files.startIndex + index, .contents(bytes, modified: nil))
            case .tooLarge: receive(files.startIndex + index, .tooLarge)
            case .missing, .otherKind: receive(files.startIndex + index, .unreadable(.missingObject))
            }
        }
    }
}

extension TreeFailure {
    /// A partial clone or a damaged repository; nothing is ever fetched.
    static var missingObject: TreeFailure {
        TreeFailure(code: 0, reason: "git has no such object here (a partial clone?)")
    }
}
