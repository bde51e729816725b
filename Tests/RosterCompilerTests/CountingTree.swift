import RosterSources
import Synchronization

/// A tree that counts how often each file is read.
final class CountingTree: SourceTree {
    private let base: any SourceTree
    private let reads = Mutex<[String: Int]>([:])

    init(_ base: any SourceTree) { self.base = base }

    /// The largest number of reads of one file.
    var mostReads: Int { reads.withLock { $0.values.max() ?? 0 } }

    var filesPerRead: Int { base.filesPerRead }

    func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>] {
        try await base.list(folders, limit: limit)
    }

    func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws {
        reads.withLock { reads in
            for file in files { reads[file.path, default: 0] += 1 }
        }
        try await base.read(files, receive: receive)
    }
}
