import RosterBackend
import RosterBytes
package import RosterCompiler
import RosterEditing
import RosterModel

/// A source that reads a compiled registry, and each one that replaces it.
package actor RegistryFileSource: RegistrySource {
    private let path: LinkedPath
    private let limit: Int
    private let compiler: @Sendable () -> Compiler
    private let concurrency: Int
    /// The digest of the document that was loaded last.
    private var digest: Digest?
    private var last: DecodedDocument?

    /// The largest compiled registry that is read, in bytes.
    package static let limit = 64 * 1024 * 1024

    /// Creates a source of a file of at most `limit` bytes, given by its absolute path.
    package init(
        _ path: String,
        limit: Int = limit,
        concurrency: Int,
        compiler: @escaping @Sendable () -> Compiler
    ) {
        self.path = LinkedPath(path)
        self.limit = limit
        self.concurrency = concurrency
        self.compiler = compiler
    }

    package func load(changed: Set<String>?) async throws -> LoadOutcome {
        let bytes = try read()
        let digest = Digest.sha256(of: bytes.span)
        guard digest != self.digest else { return .same }
        let document: DecodedDocument
        do {
            document = try await DecodedDocument(bytes, after: last, concurrency: concurrency)
        } catch let problem as RegistryProblem where !problem.diagnostics.isEmpty {
            return .broken(BrokenRevision(commit: nil, diagnostics: problem.diagnostics, hasAccess: nil))
        }
        (self.digest, last) = (digest, document)
        return .loaded(document.loaded(compiler: compiler()))
    }

    private func read() throws -> [UInt8] {
        // Mounted configuration is a symbolic link that is changed to each new version.
        let target = path.target ?? path.path
        guard let bytes = try RepositoryFile.bytes(atPath: target, shownAs: path.path, limit: limit) else {
            let most = limit >= 1 << 20 ? "\(limit >> 20) MiB" : "\(limit) bytes"
            throw SourceFailure("\(path.path) has more than \(most), the limit of a compiled registry")
        }
        return bytes
    }

    package nonisolated func watchedFolders() -> [WatchedFolder] { path.watchedFolders() }
}
