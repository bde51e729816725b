import Glibc
import RosterCompiler
import RosterGit
import RosterSources

/// The processors that this process may use.
var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

extension Repository {
    /// How a command reads the files of a working tree.
    struct Reading {
        /// Whether it needs their modification times.
        var asksForTimes = true
        /// Whether it reads them with the line endings that git would give them, or with their own, to edit them.
        var isNormalized = true
        /// What it could read instead of a sparse checkout.
        var alternative: String?
    }

    /// Checks the files of a source.
    func check(
        _ compiler: Compiler,
        _ source: Source,
        _ reading: Reading = Reading(),
        writing document: DocumentStream? = nil,
        progress: ProgressLine
    ) async throws -> Checked {
        do {
            defer { progress.clear() }
            let tree = try await tree(of: source, reading)
            return try await compiler.check(
                try await compiler.list(tree),
                writing: document,
                progress: progress.show
            )
        } catch let error as RepositoryError {
            throw CommandFailure(error, in: self, source)
        } catch let error as GitError {
            throw CommandFailure(error, in: self)
        }
    }

    private func tree(of source: Source, _ reading: Reading) async throws -> any SourceTree {
        switch source {
        case .workingTree:
            try await refuseSparseCheckout(alternative: reading.alternative)
            guard reading.isNormalized else { return WorkingTree(root: root, asksForTimes: reading.asksForTimes) }
            return normalizedTree(asksForTimes: reading.asksForTimes)
        case .revision(_, let commit, let git): return try await git.tree(of: commit)
        case .index(let index):
            guard let tree = try await index.git.index(file: index.file).tree else { throw RepositoryError.noRoster }
            return tree
        }
    }
}

extension CommandFailure {
    fileprivate init(_ error: RepositoryError, in repository: Repository, _ source: Source) {
        switch (error, source) {
        case (.changedMeanwhile(let path), _):
            self = .impossible("\(repository.pathPrefix)\(path) changed while it was read", help: "run this again")
        case (.noRoster, .workingTree):
            self = .impossible("there is no roster.yaml in \(repository.root)", help: "make one: roster init")
        case (.noRoster, .revision(let name, _, _)):
            self = .impossible("\(name) has no \(repository.pathPrefix)roster.yaml")
        case (.noRoster, .index):
            self = .impossible(
                "there is no \(repository.pathPrefix)roster.yaml in the index",
                help: "stage it: git add \(repository.pathPrefix)roster.yaml"
            )
        case (.unreadableRepository(let failure), .index):
            self = .impossible("the index cannot be read: \(failure.reason)")
        case (.unreadableRepository(let failure), .workingTree):
            self = .impossible("\(repository.root) cannot be read: \(failure.reason)")
        case (.unreadableRepository(let failure), .revision(let name, _, _)):
            self = .impossible("\(name) cannot be read: \(failure.reason)")
        }
    }
}
