/// What the header of a commit says, read from git's own bytes, which no shallow clone and no graft can change.
struct CommitObject: Sendable {
    /// The id of the root tree.
    var tree: String?
    /// Whether there is a commit before this one.
    var hasParents = false

    /// Reads a commit; nil when it is not there.
    static func read(_ commit: String, _ reader: ObjectReader) async throws -> CommitObject? {
        var result: CommitObject?
        try await reader.read("commit", [ObjectReader.Request(id: commit, limit: 16 << 20)]) { _, object in
            guard case .contents(let bytes) = object else { return }
            var header = CommitObject()
            for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
                guard !line.isEmpty else { break }
                if line.starts(with: "tree ".utf8) { header.tree = String(decoding: line.dropFirst(5), as: UTF8.self) }
                if line.starts(with: "parent ".utf8) { header.hasParents = true }
            }
            result = header
        }
        return result
    }
}
