import RosterCompiler
import RosterGit
import RosterJSON
package import RosterModel
import RosterSources

/// The history of one provider, commit by commit.
package struct ProviderHistory: Sendable {
    /// One commit that changed it.
    package struct Entry: Sendable {
        /// The id of the commit; nil for changes that are not committed.
        package var commit: String?
        /// The committer's date; nil for changes that are not committed.
        package var committedAt: Timestamp?
        /// The name of the author.
        package var author: String
        /// The first line of the message.
        package var subject: String
        /// The change of the provider.
        package var change: Change
    }

    let session: ReviewSession
    /// `<project>/<handle>` or an id.
    let name: String

    /// Creates the history of the provider of a name: `<project>/<handle>`, a handle that no other provider has, or an id.
    ///
    /// - Throws: ``ReviewFailure`` when several providers of HEAD or of the working tree have the handle.
    package init(of name: String, in session: ReviewSession) async throws {
        self.session = session
        self.name = try await Self.fullName(of: name, in: session)
    }

    /// Creates the history of the provider of an id.
    init(ofProvider id: ProviderID, in session: ReviewSession) {
        (self.session, name) = (session, id.description)
    }

    private static func fullName(of name: String, in session: ReviewSession) async throws -> String {
        guard Handle(name) != nil else { return name }
        var sides: [RevisionSide] = session.git.topLevel.isBare ? [] : [.workingTree]
        if let head = try await session.git.head() {
            sides.append(try await .commit(head, name: head, in: session.git))
        }
        var rows: [Change] = []
        for side in sides {
            rows += try await session.changes(from: .nothing, to: side, completeLimit: 0)
                .filter { $0.kind == .provider && $0.handle?.hasSuffix("/" + name) == true }
        }
        // A provider that moves to another project has one id, and the name that the history knows is HEAD's.
        guard Set(rows.map(\.id)).count > 1 else { return rows.last?.handle ?? name }
        let found = BareHandle.matches(name, among: rows.compactMap(\.handle))
        throw ReviewFailure(
            .unknownProvider,
            BareHandle.message(name, "provider", found),
            help: BareHandle.remedy(found)
        )
    }

    /// Returns the commits that changed the provider, newest first.
    ///
    /// - Throws: `GitError.shallowHistory` and ``ReviewFailure`` when the clone's history ends before the provider began.
    package func entries() async throws -> [Entry] {
        guard let head = try await session.git.head() else { throw unknown }
        let (path, id) = try await start(head)
        var found: [(commit: String, change: Change)] = []
        try await forEachChange(from: head, at: path, id: id) { commit, change in
            found.append((commit, change))
            return true
        }
        guard !found.isEmpty else { throw unknown }
        return try await Self.entries(found, in: session)
    }

    /// Returns entries with the headers of their commits.
    static func entries(_ found: [(commit: String, change: Change)], in session: ReviewSession) async throws -> [Entry]
    {
        let commits = try await session.git.commits(found.map(\.commit))
        return zip(found, commits).map { found, commit in
            Entry(
                commit: found.commit,
                committedAt: commit.map { Timestamp(secondsSince1970: $0.committedAt) },
                author: commit?.author ?? "",
                subject: commit?.subject ?? "",
                change: found.change
            )
        }
    }

    /// Passes on each commit that changed the provider, newest first, until `receive` returns false.
    ///
    /// - Parameters:
    ///   - head: the newest commit.
    ///   - path: the path of the provider's file at that commit, relative to git's top level.
    ///   - id: the id; nil to take that of the newest record at the path.
    ///   - secret: the path of the secret that the file at that commit links, relative to git's top level; nil if unknown.
    ///   - receive: returns whether earlier commits are of interest.
    /// - Throws: `GitError.shallowHistory` when the clone's history ends before the provider began.
    func forEachChange(
        from head: String,
        at path: String,
        id: String?,
        linking secret: String? = nil,
        _ receive: (_ commit: String, _ change: Change) -> Bool
    ) async throws {
        var (path, id, secret) = (path, id, secret)
        var from: String? = head
        var last: FileHistory.Step?
        var count = 0
        let prefix = session.repository.pathPrefix
        while let commit = from {
            from = nil
            let history = try await session.git.fileHistory(
                of: path,
                besides: { Self.secrets(of: $0, prefix: prefix) },
                from: commit
            )
            for step in history.steps {
                try Task.checkCancellation()
                last = step
                // Other secrets of the project do not affect the provider.
                if let secret, !step.touchesFile, !step.others.contains(secret) { continue }
                guard let change = try await change(step, &id) else { continue }
                count += 1
                if change.fields.contains(where: { $0.path == "secret" || $0.path == "handle" }) { secret = nil }
                guard receive(step.commit, change) else { return }
                // Ids are the identity: a file that is new to git may have been moved here and edited.
                guard step == history.beginning, change.action == .moved, let parent = step.parent,
                    let handle = change.fields.first(where: { $0.path == "handle" })?.before?.string
                else { continue }
                (path, from) = (prefix + Self.path(handle), parent)
            }
        }
        if count > 0, let last, last.parent == nil, try await session.git.hasParents(last.commit) {
            throw GitError.shallowHistory(path: last.path)
        }
    }

    /// Returns the change that is not committed; nil when there is none.
    package func uncommitted(_ id: String) async throws -> Entry? {
        guard let head = try await session.git.head() else { return nil }
        return try await session.changes(from: try await side(head), to: .workingTree, completeLimit: 0)
            .first { $0.kind == .provider && $0.id == id }
            .map { Entry(commit: nil, committedAt: nil, author: "", subject: "", change: $0) }
    }

    /// Returns the id of a provider that only the working tree has; nil when it has none of that name.
    package func uncommittedID() async throws -> String? {
        try await session.changes(from: .nothing, to: .workingTree, completeLimit: 0)
            .first { $0.kind == .provider && ($0.id == name || $0.handle == name) }?.id
    }

    /// Returns every field of the provider in the working tree, as an addition; nil when it is deleted.
    package func present(_ id: String) async throws -> Change? {
        try await session.changes(from: .nothing, to: .workingTree, completeLimit: 0)
            .first { $0.kind == .provider && $0.id == id }
    }

    private var unknown: ReviewFailure {
        ReviewFailure(
            .unknownProvider,
            "there is no provider \"\(name)\" in the history of HEAD",
            help: (Handle(name) == nil ? "" : "write its project in front, as in acme/\(name); ")
                + "list them: roster provider list"
        )
    }

    /// Returns the provider's file at the newest commit, and its id when the user gave that.
    private func start(_ head: String) async throws -> (path: String, id: String?) {
        let prefix = session.repository.pathPrefix
        guard ProviderID(name) != nil else {
            let parts = name.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ Handle(String($0)) != nil }) else { throw unknown }
            return (prefix + Self.path(name), nil)
        }
        let all = try await session.changes(from: .nothing, to: try await side(head), completeLimit: 0)
        guard let found = all.first(where: { $0.kind == .provider && $0.id == name }) else { throw unknown }
        return (found.path, name)
    }

    /// Returns the row of one commit; the first one that is found determines the provider's id.
    private func change(_ step: FileHistory.Step, _ id: inout String?) async throws -> Change? {
        let sides = (try await side(step.parent), try await side(step.commit))
        let rows = try await session.changes(from: sides.0, to: sides.1, completeLimit: 0, of: step.path)
            .filter { $0.kind == .provider }
        if let id { return rows.first { $0.id == id } }
        let prefix = session.repository.pathPrefix
        let row = rows.first { row in
            row.path == step.path
                || row.fields.contains {
                    $0.path == "handle" && $0.before?.string.map { prefix + Self.path($0) } == step.path
                }
        }
        id = row?.id
        return row
    }

    private func side(_ commit: String?) async throws -> RevisionSide {
        guard let commit else { return .nothing }
        return .revision(name: commit, commit: commit, tree: try await session.git.treeID(of: commit))
    }

    private static func path(_ handle: String) -> String {
        "\(FileRole.provider.folder)/\(handle)\(RepositoryLayout.recordSuffix)"
    }

    /// Returns the folder of the secrets that the provider at a path can link.
    private static func secrets(of path: String, prefix: String) -> String {
        let parts = path.dropFirst(prefix.count).split(separator: "/")
        return prefix + FileRole.secret.folder + "/" + (parts.count > 1 ? parts[1] : "") + "/"
    }
}
