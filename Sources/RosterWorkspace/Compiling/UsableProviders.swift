package import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterModel
package import RosterRuntime
import RosterSources
import RosterSemantics

/// The providers of a registry, from a compiled file or from a repository that may have errors.
package struct UsableProviders: Sendable {
    private let registry: Registry
    /// The errors of the repository; none for a compiled registry.
    private let errors: [Diagnostic]
    private let survey: PartialRegistry.Outline?
    /// The `<project>/<handle>` of every provider, also of those whose file cannot be read.
    private let places: [String]
    /// The folder of the registry relative to git's top level, with a slash at its end, or nothing.
    package let pathPrefix: String

    /// Takes the providers of a repository that was checked.
    package init(_ checked: AnalyzedRepository, pathPrefix: String) {
        registry = checked.readableRegistry(history: .modificationTimes)
        errors = checked.diagnostics.filter { $0.severity == .error }
        survey = checked.outline
        places = checked.providerPlaces.map { $0.project + "/" + $0.handle }
        self.pathPrefix = pathPrefix
    }

    /// Reads a compiled registry.
    ///
    /// - Parameters:
    ///   - path: the absolute path of the file.
    ///   - shown: the path as messages name it.
    ///   - concurrency: the largest number of threads.
    /// - Throws: ``WorkspaceFailure`` when it is not a registry, and `EditFailure` when it cannot be read.
    package init(registryAt path: String, shownAs shown: String, concurrency: Int) async throws {
        let real = FilePaths.resolvingLinks(path)
        let bytes = try RepositoryFile.bytes(atPath: real ?? path, shownAs: real ?? shown)
        do {
            registry = try await RegistryDecoder.decode(bytes, concurrency: concurrency)
        } catch let problem as RegistryProblem {
            throw WorkspaceFailure(
                .unreadable,
                "\(shown) is not a usable registry: \(problem)",
                help: "write it again: roster compile -o FILE"
            )
        }
        (errors, survey, pathPrefix) = ([], nil, "")
        places = registry.registeredProviders.map(\.name)
    }

    /// The names of all providers, including those with errors.
    package var names: [String] {
        survey?.providers.map { "\($0.project)/\($0.handle)" } ?? registry.registeredProviders.map(\.name)
    }

    /// Returns every provider of a project, or of all projects, in the registry's order.
    ///
    /// - Parameters:
    ///   - project: the handle of the project; nil for all.
    ///   - find: returns the provider of a name, throws its errors, or returns nil to leave it out; called when the
    ///     repository has errors.
    /// - Returns: the providers, with their projects and secrets.
    /// - Throws: `EditFailure` when there is no such project, and what `find` throws.
    package func all(
        in project: String?,
        _ find: (_ name: String) throws -> RegisteredProvider?
    ) throws -> [RegisteredProvider] {
        let names = try places(in: project)
        guard errors.isEmpty else { return try names.compactMap(find) }
        // To find each by its name would take quadratic time.
        let wanted = Set(names)
        return registry.registeredProviders.filter { wanted.contains($0.name) }
    }

    private func places(in project: String?) throws(EditFailure) -> [String] {
        guard let project else { return places }
        let known = survey?.projects.map(\.handle) ?? registry.projects.map(\.handle.text)
        guard known.contains(project) else {
            let message = "there is no project \"\(project)\""
            throw Editor.unknown(message, project, among: known, orElse: "list them: roster project list")
        }
        return places.filter { $0.hasPrefix(project + "/") }
    }

    /// Returns the provider of a name: `<project>/<handle>`, a handle that no other provider has, or an id.
    ///
    /// - Throws: ``WorkspaceFailure`` when its files have errors, `EditFailure` when there is no such provider, and
    ///   `ProviderFailure`.
    package func provider(_ name: String) throws -> RegisteredProvider {
        let name = try Editor.fullName(name, "provider", among: places) ?? name
        if let declared = survey?.providers.first(where: { "\($0.project)/\($0.handle)" == name || $0.id == name }) {
            let secret = declared.secret.map { "secrets/\(declared.project)/\($0)\(RepositoryLayout.recordSuffix)" }
            let paths = Set(
                [declared.path, RepositoryLayout.rosterFile, secret].compactMap { $0.map { pathPrefix + $0 } }
            )
            let found = errors.filter { error in
                paths.contains(error.place.path) || error.related.contains { paths.contains($0.place.path) }
            }
            guard found.isEmpty else {
                var failure = WorkspaceFailure(
                    .unreadable,
                    "\(name) has errors, and is not used",
                    help: "see all: roster check"
                )
                failure.diagnostics = found
                throw failure
            }
        }
        do {
            return try registry.provider(name)
        } catch {
            let path = "\(pathPrefix)providers/\(name)\(RepositoryLayout.recordSuffix)"
            guard errors.contains(where: { $0.place.path == path }) else {
                guard error.code == .unknownProvider else { throw error }
                throw Editor.unknown(
                    error.message,
                    name,
                    among: names,
                    orElse: error.help ?? "list them: roster provider list"
                )
            }
            throw WorkspaceFailure(.unreadable, "\(path) has errors", help: "see them: roster check")
        }
    }
}
