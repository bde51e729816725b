import RosterCompiler
import RosterFrontend
import RosterGit
import RosterJSON
package import RosterModel
import RosterSources

/// The newest changes of one provider up to a commit, for a page: bounded, without keys and addresses of people.
package struct CommittedHistory: Sendable {
    /// The changes, newest first.
    package var entries: [ProviderHistory.Entry]
    /// A Boolean value that indicates whether there are earlier changes.
    package var hasOlder: Bool
    /// The bytes of the provider's file at the commit.
    package var file: [UInt8]

    /// Creates a history from its parts.
    package init(entries: [ProviderHistory.Entry], hasOlder: Bool, file: [UInt8]) {
        (self.entries, self.hasOlder, self.file) = (entries, hasOlder, file)
    }

    /// The provider is not in the commit.
    package struct NotCommitted: Error {}

    /// The number of changes that are read even after the last change of every member was found.
    package static let shownCount = 20
    /// The largest number of changes.
    static let countLimit = 200
    /// The number of bytes of values after which no earlier change is read.
    static let sizeLimit = 256 * 1024

    /// The approximate number of bytes that the history takes in memory.
    package var byteCount: Int { entries.reduce(file.count) { $0 + Self.byteCount(of: $1.change) + 512 } }

    private static func byteCount(of change: Change) -> Int {
        let reasons = change.reasons.reduce(0) { $0 + $1.text.utf8.count + $1.rule.utf8.count + 64 }
        return change.fields.reduce(reasons) { size, field in
            size + field.path.utf8.count + 64 + (field.before?.byteCount ?? 0) + (field.after?.byteCount ?? 0)
        }
    }

    /// Reads the history of a provider of a commit.
    ///
    /// - Parameters:
    ///   - provider: the id.
    ///   - path: the path of its file, relative to the registry's folder, where it probably is at the commit.
    ///   - commit: the id of the commit.
    ///   - session: the repository.
    /// - Returns: the history.
    /// - Throws: ``NotCommitted``, and `GitError`.
    package static func read(
        of provider: ProviderID,
        at path: String,
        commit: String,
        in session: ReviewSession
    ) async throws -> CommittedHistory {
        let prefix = session.repository.pathPrefix
        let tree = try await session.git.tree(of: commit)
        var found = (path: prefix + path, bytes: try await Self.read(path, of: tree))
        if found.bytes.flatMap({ PlainDocument.object(in: $0) })?["id"]?.string != provider.description {
            // The file was renamed since the commit.
            let side = try await RevisionSide.commit(commit, name: commit, in: session.git)
            let rows = try await session.changes(from: .nothing, to: side, completeLimit: 0)
            let id = provider.description
            guard let row = rows.first(where: { $0.kind == .provider && $0.id == id }) else { throw NotCommitted() }
            found = (row.path, try await Self.read(String(row.path.dropFirst(prefix.count)), of: tree))
        }
        guard let file = found.bytes else { throw NotCommitted() }
        let object = PlainDocument.object(in: file)
        var missing = Set(object?.members.map(\.name) ?? []).intersection(Self.members)
        // Without a secret none of the project's secrets matters.
        let project = found.path.dropFirst(prefix.count).split(separator: "/").dropFirst().first ?? ""
        let secret = prefix + FileRole.secret.path(project: String(project), handle: object?["secret"]?.string ?? "")
        var (changes, size, hasOlder): ([(commit: String, change: Change)], Int, Bool) = ([], 0, false)
        try await ProviderHistory(ofProvider: provider, in: session)
            .forEachChange(from: commit, at: found.path, id: provider.description, linking: secret) { commit, change in
                guard changes.count < Self.countLimit, size < Self.sizeLimit,
                    changes.count < Self.shownCount || !missing.isEmpty
                else {
                    hasOlder = true
                    return false
                }
                changes.append((commit, change))
                size += Self.byteCount(of: change)
                missing.subtract(change.fields.compactMap { Self.member(ofField: $0.path) })
                return true
            }
        let entries = try await ProviderHistory.entries(changes, in: session).map(Self.bounded)
        return CommittedHistory(entries: entries, hasOlder: hasOlder, file: file)
    }

    // MARK: - Members

    /// The members of a provider's file that have a last change.
    package static let members: Set = ["name", "provider", "defaultModel", "secret", "baseUrl", "config"]

    /// Returns the member of the file that a field of a change is the value of, or a part of; nil for other fields.
    package static func member(ofField path: String) -> String? {
        if path == "secretId" { return "secret" }
        if path == "config" || path.hasPrefix("config.") { return "config" }
        return members.contains(path) ? path : nil
    }

    // MARK: - Reading

    /// Returns the bytes of a file of a commit; nil when there is no such file.
    private static func read(_ path: String, of tree: some SourceTree) async throws -> [UInt8]? {
        var parts = path.split(separator: "/").map(String.init)
        guard let name = parts.popLast() else { return nil }
        var folder = TreeFolder(path: "")
        for part in parts {
            guard let next = try await entry(part, in: folder, of: tree), next.kind == .folder else { return nil }
            folder = TreeFolder(path: folder.path.isEmpty ? part : folder.path + "/" + part, object: next.object)
        }
        guard let found = try await entry(name, in: folder, of: tree), found.kind == .file else { return nil }
        let limit = FileRole.provider.sizeLimit
        let file = TreeFile(folder: folder.path, name: name, object: found.object, limit: limit)
        var contents: [UInt8]?
        try await tree.read([file]) { _, reading in
            if case .contents(let bytes, _) = reading { contents = bytes }
        }
        return contents
    }

    private static func entry(_ name: String, in folder: TreeFolder, of tree: some SourceTree) async throws
        -> TreeEntry?
    {
        guard case .success(let entries)? = try await tree.list([folder], limit: .max).first else { return nil }
        return entries.first { $0.name == name }
    }

    // MARK: - Text of commits

    /// Returns an entry with a bounded name and subject, without keys and addresses.
    private static func bounded(_ entry: ProviderHistory.Entry) -> ProviderHistory.Entry {
        var entry = entry
        entry.author = line(entry.author, limit: 100)
        entry.subject = line(entry.subject, limit: 200)
        return entry
    }

    /// Returns a line of a commit as it is shown; keys are found before it is shortened.
    static func line(_ text: String, limit: Int) -> String {
        let text = text.excerpt(4_096)
        let words = MaskedText(text, showing: []).text.split(separator: " ", omittingEmptySubsequences: false)
        return words.map { withoutHost(String($0)) }.joined(separator: " ").excerpt(limit)
    }

    /// Returns a word; of an address of electronic mail, what precedes the host.
    private static func withoutHost(_ word: String) -> String {
        guard let at = word.firstIndex(of: "@"), at != word.startIndex,
            word[word.index(after: at)...].first.map({ !$0.isWhitespace }) ?? false
        else { return word }
        return String(word[..<at].drop { $0 == "<" })
    }
}

extension JSONValue {
    /// The approximate number of bytes of a value.
    fileprivate var byteCount: Int {
        switch self {
        case .string(let text): text.utf8.count + 16
        case .array(let elements): elements.reduce(16) { $0 + $1.byteCount }
        case .object(let object): object.members.reduce(16) { $0 + $1.name.utf8.count + 16 + $1.value.byteCount }
        case .null, .boolean, .integer, .float: 16
        }
    }
}
