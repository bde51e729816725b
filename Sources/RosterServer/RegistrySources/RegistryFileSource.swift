import Glibc
import RosterBackend
package import RosterCompiler
import RosterEditing
import RosterModel

/// A source that reads a compiled registry, and each one that replaces it.
package actor RegistryFileSource: RegistrySource {
    private let path: String
    private let compiler: @Sendable () -> Compiler
    private let concurrency: Int
    private var bytes: [UInt8]?

    /// Creates a source of a file, given by its absolute path.
    package init(_ path: String, concurrency: Int, compiler: @escaping @Sendable () -> Compiler) {
        self.path = path
        self.concurrency = concurrency
        self.compiler = compiler
    }

    package func load(changed: Set<String>?) async throws -> LoadOutcome {
        // Mounted configuration is a symbolic link that is changed to each new version.
        let bytes = try RepositoryFile.bytes(atPath: Self.realPath(path) ?? path)
        guard bytes != self.bytes else { return .same }
        let registry: Registry
        let checked: AnalyzedRepository
        do {
            (registry, checked) = try await RegistryDecoder.decodeChecked(bytes, concurrency: concurrency)
        } catch let problem as RegistryProblem where !problem.diagnostics.isEmpty {
            return .broken(BrokenRevision(commit: nil, diagnostics: problem.diagnostics, hasAccess: nil))
        }
        self.bytes = bytes
        let compiler = self.compiler()
        return .loaded(
            LoadedRegistry(registry: registry, hasFileText: false) {
                Editor(checked, compiler: compiler, pathPrefix: "")
            }
        )
    }

    /// Returns the path of a file without symbolic links; nil when there is no such file.
    package static func realPath(_ path: String) -> String? {
        guard let real = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    package nonisolated func watchedFolders() -> [WatchedFolder] {
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        return [WatchedFolder(path: slash == path.startIndex ? "/" : String(path[..<slash]), .anything)]
    }
}
