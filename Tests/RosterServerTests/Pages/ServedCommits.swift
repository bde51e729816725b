import Foundation
import NIOHTTP1
import RosterCompiler
import RosterGit
import RosterModel
import RosterReview
import RosterSources
import RosterTestSupport
import Testing

@testable import RosterServer

/// The example of this project in a repository of git, whose commits or working tree are served.
struct ServedCommits {
    let repository: ServedRepository
    let tools: Tools

    /// Commits the example with the tokens of ``ServedRepository``, or open to everyone.
    init(isOpen: Bool = false) throws {
        repository = try ServedRepository(isOpen: isOpen)
        tools = Tools(folder: repository.folder.path)
        try repository.commit("All")
    }

    /// Commits an edit, and returns the id of the commit.
    @discardableResult
    func commit(_ message: String, author: String = "Ada Lovelace <ada@example.org>") throws -> String {
        try tools.tool(["git", "add", "--all"])
        try tools.tool(["git", "commit", "--quiet", "--file=-", "--author=\(author)"], input: Data(message.utf8))
        return try repository.head()
    }

    /// Replaces text in a file.
    func edit(_ path: String, _ old: String, _ new: String) throws {
        let text = try repository.folder.read(path)
        try #require(text.contains(old), "\(path) has no \(old)")
        try repository.folder.write(path, text.replacing(old, with: new))
    }

    /// The source that is served.
    enum Source {
        case workingTree
        /// A revision of a repository, which may be bare.
        case revision(String, folder: String)
    }

    private static func compiler() -> Compiler {
        Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_781), concurrency: 2))
    }

    private static func git(_ folder: String, isBare: Bool) async throws -> GitRepository {
        let top = try #require(isBare ? GitTopLevel(bare: folder) : GitTopLevel(of: folder))
        let environment = Tools.cleanEnvironment([:])
        return try await GitRepository(topLevel: top) { environment[$0] }
    }

    /// Returns the reader of a repository, whose processes of git run only while histories are read.
    private static func histories(_ git: GitRepository) -> HistoryReader {
        var limits = HistoryReader.Limits()
        // Twenty commits take a second alone, and minutes while a thousand other tests run.
        limits.time = .seconds(600)
        return HistoryReader(
            HistorySource(
                open: {
                    let reviewed = ReviewedRepository(
                        git: git,
                        pathPrefix: "",
                        indexFile: nil,
                        compiler: compiler(),
                        openWorkingTree: { throw RepositoryError.noRoster },
                        datesOfFiles: { _, _ in nil }
                    )
                    let session = ReviewSession(reviewed, progress: { _, _ in }, retain: { _ in })
                    return { provider, path, commit in
                        try await CommittedHistory.read(of: provider, at: path, commit: commit, in: session)
                    }
                },
                describe: { "\($0)" }
            ),
            limits: limits
        )
    }

    /// Serves the present state.
    func served(_ source: Source = .workingTree, links: String? = nil) async throws -> ResponderFixture {
        let registry: any RegistrySource
        switch source {
        case .workingTree:
            let git = try await Self.git(repository.folder.path, isBare: false)
            let root = repository.folder.path
            registry = try await WorkingTreeSource(
                WorkingTreeSource.Repository(
                    root: root,
                    pathPrefix: "",
                    git: git,
                    uncommitted: UncommittedDates(sourceDateEpoch: nil),
                    tree: { WorkingTree(root: root) },
                    lineEndings: { nil }
                ),
                concurrency: 2,
                histories: Self.histories(git),
                compiler: Self.compiler
            )
        case .revision(let name, let folder):
            let git = try await Self.git(folder, isBare: folder.hasSuffix(".git"))
            let histories = Self.histories(git)
            registry = try await RevisionSource(
                name,
                in: git,
                concurrency: 2,
                histories: histories,
                compiler: Self.compiler
            )
        }
        guard case .loaded(let loaded) = try await registry.load(changed: nil) else {
            throw SourceFailure("the registry has errors")
        }
        return try await ResponderFixture(loaded, links: links)
    }
}

extension ResponderFixture {
    /// Serves a loaded registry.
    init(_ loaded: LoadedRegistry, links: String? = nil) async throws {
        let store = SnapshotStore(mayBeOpen: true)
        let time = Timestamp(secondsSince1970: 0)
        let snapshot = await Snapshot.prepare(loaded, at: time, previous: nil, concurrency: 2)
        try #require(store.swap(in: snapshot) == nil)
        let template = try links.map { try SourceLinkTemplate($0) }
        self.init(HTTPResponder(store: store, metrics: ServerMetrics(), sourceLinks: template))
    }

    /// Returns the text of a page, once its history is read.
    func page(_ path: String, _ token: ServedRepository.Token? = nil) async throws -> String {
        for _ in 0..<100 {
            let answer = try await send(.GET, path, token: token?.text)
            try #require(answer.status == 200, "\(path): \(answer.status)")
            if !answer.text.contains("is being read") { return answer.text }
        }
        throw SourceFailure("the history of \(path) is not read")
    }
}

extension String {
    /// The part of a page from a section's id to the end of the section.
    func section(_ id: String) -> String? {
        range(of: "<section id=\(id)>").map { start in
            String(
                self[start.lowerBound...].prefix(
                    upTo: range(of: "</section>", range: start.upperBound..<endIndex)?.lowerBound ?? endIndex
                )
            )
        }
    }
}
