package import RosterSources

/// A working tree whose files have the line endings that they would have in the index.
package struct NormalizedTree: SourceTree {
    private let base: any SourceTree
    /// The path from git's top level to the tree's root, empty or with a `/` at its end.
    private let prefix: String
    private let lineEndings: LineEndings

    /// Creates a tree of a working tree's folder.
    package init(_ base: any SourceTree, prefix: String, _ lineEndings: LineEndings) {
        self.base = base
        self.prefix = prefix
        self.lineEndings = lineEndings
    }

    package var filesPerRead: Int { base.filesPerRead }

    /// See ``SourceTree/list(_:limit:)``.
    package func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>] {
        try await base.list(folders, limit: limit)
    }

    /// See ``SourceTree/target(ofLink:)``.
    package func target(ofLink link: TreeFile) async throws -> [UInt8]? { try await base.target(ofLink: link) }

    /// See ``SourceTree/read(_:receive:)``.
    package func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws {
        // Files arrive in order: those after the first one with CRLF wait for git's answer.
        var held: [Held] = []
        try await base.read(files) { index, reading in
            switch reading {
            case .contents(let bytes, let modified) where !held.isEmpty || bytes.containsCRLF:
                held.append(Held(index: index, reading: .contents(bytes, modified: modified)))
            case .tooLarge:
                held.append(Held(index: index, reading: .tooLarge))
            case let other where !held.isEmpty:
                held.append(Held(index: index, reading: other))
            case let other:
                receive(index, other)
            }
        }
        guard !held.isEmpty else { return }
        for position in held.indices {
            guard case .tooLarge = held[position].reading else { continue }
            held[position].reading = try await reread(files[held[position].index])
        }
        let texts = held.map(\.bytes)
        let normalized = try await lineEndings.normalize(
            zip(held, texts).map { (path: prefix + files[$0.index].path, bytes: $1) }
        )
        for (held, bytes) in zip(held, normalized) {
            guard case .contents(_, let modified) = held.reading else {
                receive(held.index, held.reading)
                continue
            }
            let isTooLarge = bytes.count > files[held.index].limit
            receive(held.index, isTooLarge ? .tooLarge : .contents(bytes, modified: modified))
        }
    }

    /// A file that is not passed on yet.
    private struct Held {
        var index: Int
        var reading: FileReading

        var bytes: [UInt8] { if case .contents(let bytes, _) = reading { bytes } else { [] } }
    }

    /// Reads a file that may be within its limit once it has one byte less per line.
    private func reread(_ file: TreeFile) async throws -> FileReading {
        var file = file
        file.limit = file.limit > Int.max / 2 ? file.limit : 2 * file.limit
        var result = FileReading.tooLarge
        try await base.read([file]) { _, reading in
            if case .contents(let bytes, let modified) = reading, bytes.containsCRLF {
                result = .contents(bytes, modified: modified)
            }
        }
        return result
    }
}
