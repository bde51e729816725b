import Glibc
import RosterCompiler
import RosterEditing
import RosterModel
import RosterSemantics
import RosterServer

/// Serves a compiled registry, and each one that is put in its place.
actor RegistryFileSource: RegistrySource {
    private let path: String
    private let compiler: @Sendable () -> Compiler
    private var bytes: [UInt8]?

    /// Makes a source of a file, given by its absolute path.
    init(_ path: String, compiler: @escaping @Sendable () -> Compiler) {
        self.path = path
        self.compiler = compiler
    }

    func load(changed: Set<String>?) async throws -> LoadOutcome {
        // Where configuration is mounted, the file is a link that is turned to each new version.
        let bytes = try RepositoryFile.bytes(atPath: Self.realPath(path) ?? path)
        guard bytes != self.bytes else { return .same }
        let registry: Registry
        let checked: AnalyzedRepository
        do {
            (registry, checked) = try await RegistryDecoder.decodeChecked(bytes, concurrency: cores)
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
    static func realPath(_ path: String) -> String? {
        guard let real = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    nonisolated func watchedFolders() -> [WatchedFolder] {
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        return [WatchedFolder(path: slash == path.startIndex ? "/" : String(path[..<slash]), .anything)]
    }
}
