import RosterSources

/// The header of a commit, parsed from git's own bytes, which no shallow clone and no graft can change.
package struct CommitObject: Sendable {
    /// The id of the root tree.
    var tree: String?
    /// The ids of the parents, in the commit's order.
    private(set) var parents: [String] = []
    /// The author's name, in git's own bytes.
    package private(set) var author = ""
    /// The committer date in seconds since 1970; 0 when a registry cannot hold it.
    package private(set) var committedAt: Int64 = 0
    /// The text of the committer date when a registry cannot hold it.
    private var unusableDate: String?
    /// The first line of the message.
    package private(set) var subject = ""

    /// A Boolean value that indicates whether the commit has a parent.
    var hasParents: Bool { !parents.isEmpty }

    /// Reads a commit; nil when this clone lacks it.
    static func read(_ commit: String, _ reader: ObjectReader) async throws -> CommitObject? {
        var result: CommitObject?
        try await reader.read("commit", [ObjectReader.Request(id: commit, limit: 16 << 20)]) { _, object in
            guard case .contents(let bytes) = object else { return }
            let header = CommitObject(bytes)
            result = header
        }
        return result
    }

    /// Reads commits, in their order; nil for a commit that this clone lacks.
    static func read(_ commits: [String], _ reader: ObjectReader) async throws -> [CommitObject?] {
        var result: [CommitObject?] = []
        let requests = commits.map { ObjectReader.Request(id: $0, limit: 16 << 20) }
        try await reader.read("commit", requests) { _, object in
            if case .contents(let bytes) = object { result.append(CommitObject(bytes)) } else { result.append(nil) }
        }
        return result
    }

    /// Checks that a registry can hold the committer date of this commit.
    ///
    /// - Throws: ``GitError/unusableDate(commit:date:)``.
    func checkDate(of commit: String) throws {
        if let unusableDate { throw GitError.unusableDate(commit: commit, date: unusableDate) }
    }

    /// Parses the header and the first line of the message.
    init(_ bytes: [UInt8]) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let end = lines.firstIndex { $0.isEmpty } ?? lines.endIndex
        for line in lines[..<end] {
            if line.starts(with: "tree ".utf8) { tree = String(decoding: line.dropFirst(5), as: UTF8.self) }
            if line.starts(with: "parent ".utf8) {
                parents.append(String(decoding: line.dropFirst(7), as: UTF8.self))
            }
            // `author NAME <MAIL> SECONDS ZONE`
            if line.starts(with: "author ".utf8) {
                var name = line.dropFirst(7).prefix { $0 != UInt8(ascii: "<") }
                while name.last == UInt8(ascii: " ") { name.removeLast() }
                author = String(decoding: name, as: UTF8.self)
            }
            if line.starts(with: "committer ".utf8) {
                let mail = line.lastIndex(of: UInt8(ascii: ">")) ?? line.endIndex - 1
                let words = line[(mail + 1)...].split(separator: UInt8(ascii: " "))
                let text = String(decoding: words.first ?? [], as: UTF8.self)
                if text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                    let date = Int64(text), TreeHistory.dateRange.contains(date)
                {
                    committedAt = date
                } else {
                    unusableDate = String(text.prefix(40))
                }
            }
        }
        let message = lines[end...].first { !$0.isEmpty } ?? []
        subject = String(decoding: message, as: UTF8.self)
    }
}
