package import RosterCompiler
import RosterModel
import RosterSemantics
import RosterSources

/// Reads two sides of a review, and only the relevant files of two revisions.
///
/// Trees are first compared by the ids of their objects. An unchanged file is read only if a changed one depends on it:
/// the secret that a changed provider links, or the providers of a project in which a different secret has taken a
/// handle.
package struct ReviewReader: Sendable {
    private let compiler: Compiler
    private let pathPrefix: String
    /// A Boolean value that indicates whether all providers that link a changed secret are required, at any cost.
    private let wantsLinks: Bool
    /// A closure that is called periodically with the number of files of a side that were read, and their total.
    private let progress: @Sendable (_ done: Int, _ of: Int) -> Void

    /// The number of files up to which all are read, so that every error is known.
    package static let completeLimit = 1_000
    private let completeLimit: Int
    /// The path of the only provider whose row is wanted; nil for all.
    private let provider: String?

    package init(
        compiler: Compiler,
        pathPrefix: String,
        wantsLinks: Bool,
        completeLimit: Int = ReviewReader.completeLimit,
        provider: String? = nil,
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) {
        self.progress = progress
        self.completeLimit = completeLimit
        self.provider = provider
        self.compiler = compiler
        self.pathPrefix = pathPrefix
        self.wantsLinks = wantsLinks
    }

    /// Both sides, and whether every file was read.
    package func read(
        base: ReviewSource,
        head: ReviewSource
    ) async throws -> (base: ReviewedTree, head: ReviewedTree, isComplete: Bool) {
        let listed = (try await list(base), try await list(head))
        guard listed.0 != nil || listed.1 != nil else { throw RepositoryError.noRoster }
        let files = (listed.0?.files ?? [], listed.1?.files ?? [])
        let areNamed = (files.0 + files.1).allSatisfy { $0.object != nil }
        guard areNamed, max(files.0.count, files.1.count) > completeLimit else {
            return (try await check(listed.0, nil), try await check(listed.1, nil), true)
        }
        let changed = relevant(ListedTree.differences(listed.0, listed.1), in: listed.1)
        let secrets = Set(
            (listed.0?.secrets(among: changed.base) ?? []) + (listed.1?.secrets(among: changed.head) ?? [])
        )
        var wanted = changed
        var result = (try await check(listed.0, wanted.base), try await check(listed.1, wanted.head))
        // Reads the dependencies of the first reading, and their dependencies.
        for _ in 0..<2 {
            let more = Dependencies(base: result.0, head: result.1, changedSecrets: secrets, wantsLinks: wantsLinks)
            let (base, head) = (more.positions(in: listed.0), more.positions(in: listed.1))
            guard !base.isSubset(of: wanted.base) || !head.isSubset(of: wanted.head) else { break }
            wanted.base.formUnion(base)
            wanted.head.formUnion(head)
            result = (
                try await check(listed.0, wanted.base, reusing: result.0),
                try await check(listed.1, wanted.head, reusing: result.1)
            )
        }
        return (result.0, result.1, false)
    }

    /// Returns changed files without the head's other providers, unless the only provider that matters may be one of them:
    /// it is known by its id, and it may have moved there.
    private func relevant(
        _ changed: (base: Set<Int>, head: Set<Int>),
        in head: ListedTree?
    ) -> (base: Set<Int>, head: Set<Int>) {
        guard let provider, let head else { return changed }
        let own = head.positions(of: [provider], providersOf: [])
        guard !own.isEmpty else { return changed }
        return (changed.base, changed.head.filter { !head.isProvider($0) || own.contains($0) })
    }

    /// Reads `roster.yaml` and the records at some paths.
    package func read(_ source: ReviewSource, records paths: Set<String>) async throws -> ReviewedTree {
        let listed = try await list(source)
        return try await check(listed, listed?.positions(of: paths, providersOf: []) ?? [])
    }

    /// Returns whether a side has any part of a registry, in any spelling that a case-insensitive file system accepts.
    ///
    /// A folder that cannot be listed counts as part of one.
    package static func holdsRegistry(_ source: ReviewSource) async throws -> Bool {
        guard let tree = source.tree else { return false }
        switch try await tree.list([TreeFolder(path: "")], limit: .max)[0] {
        case .success(let entries):
            let names = [RepositoryLayout.rosterFile, FileRole.provider.folder, FileRole.secret.folder]
            return entries.contains { names.contains(GuardedNames.fold($0.name)) }
        case .failure(let failure): return !failure.isMissing
        }
    }

    private func list(_ source: ReviewSource) async throws -> ListedTree? {
        guard let tree = source.tree else { return nil }
        do {
            return try await ListedTree(of: tree)
        } catch RepositoryError.noRoster {
            return nil
        }
    }

    /// Reads files of a side, except those that an earlier reading of the same side has.
    private func check(
        _ listed: ListedTree?,
        _ wanted: Set<Int>?,
        reusing earlier: ReviewedTree? = nil
    ) async throws -> ReviewedTree {
        guard let listed else { return ReviewedTree(PartialRegistry(), pathPrefix: pathPrefix) }
        return ReviewedTree(
            try await compiler.analyze(
                listed,
                reading: wanted,
                reusing: earlier?.checked.map { ReusableFiles(of: $0, except: []) },
                progress: progress
            ),
            pathPrefix: pathPrefix
        )
    }
}
