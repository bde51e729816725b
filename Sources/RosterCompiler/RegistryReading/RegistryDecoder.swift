import RosterDiagnostics
public import RosterModel
import RosterSources

/// Reads the JSON document that ``RegistryEncoder`` writes, whole or not at all.
///
/// It is as strict as the compiler: an unknown member, a reference to nothing, an endpoint or a host that a rule refuses
/// are errors. Members and records may stand in any order; records are put in theirs.
public enum RegistryDecoder {
    /// Reads a document.
    ///
    /// - Parameters:
    ///   - bytes: the document.
    ///   - concurrency: how many threads may check records at once.
    /// - Returns: the registry, its records in order.
    /// - Throws: ``RegistryProblem``.
    public static func decode(_ bytes: [UInt8], concurrency: Int = 1) async throws -> Registry {
        try await decodeChecked(bytes, concurrency: concurrency).registry
    }

    /// Reads a document, and gives the repository that it would be compiled from as well, as it was checked.
    package static func decodeChecked(
        _ bytes: [UInt8],
        concurrency: Int = 1
    ) async throws -> (registry: Registry, checked: AnalyzedRepository) {
        let registry = try RegistryDocument.read(bytes)
        // The day decides warnings alone, and those are `check`'s to tell.
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 0), concurrency: concurrency))
        let checked = try await compiler.analyze(RegistryTree(registry))
        let errors = checked.diagnostics.filter { $0.severity == .error }
        if let first = errors.first { throw problem(first, of: errors, in: registry) }
        guard let compiled = checked.registry(history: history(of: registry)), isSame(compiled, registry) else {
            throw RegistryProblem(.rules, "", "no repository compiles to this")
        }
        return (registry, checked)
    }

    private static func problem(_ first: Diagnostic, of errors: [Diagnostic], in registry: Registry) -> RegistryProblem
    {
        let path = first.place.path
        var member = path == RepositoryLayout.rosterFile ? "" : path
        if let index = registry.providers.firstIndex(where: { $0.source.path == path }) {
            member = "the provider \(name(of: registry.providers[index].source))"
        } else if let index = registry.secrets.firstIndex(where: { $0.source.path == path }) {
            member = "the secret \(name(of: registry.secrets[index].source))"
        }
        let others = errors.count == 1 ? "" : ", and \(errors.count - 1) more"
        return RegistryProblem(.rules, member, "\(first.message) [\(first.rule)]\(others)", diagnostics: errors)
    }

    private static func name(of source: Registry.Source) -> String {
        String(source.path.drop { $0 != "/" }.dropFirst().dropLast(RepositoryLayout.recordSuffix.count))
    }

    private static func history(of registry: Registry) -> TreeHistory {
        var dates: [String: FileDates] = [:]
        dates.reserveCapacity(registry.providers.count + registry.secrets.count)
        for provider in registry.providers {
            dates[provider.source.path] = FileDates(
                created: provider.createdAt.secondsSince1970,
                updated: provider.updatedAt.secondsSince1970
            )
        }
        for secret in registry.secrets {
            dates[secret.source.path] = FileDates(
                created: secret.createdAt.secondsSince1970,
                updated: secret.updatedAt.secondsSince1970
            )
        }
        return TreeHistory(
            commit: registry.revision.commit,
            committedAt: registry.revision.committedAt?.secondsSince1970,
            isDirty: registry.revision.isDirty,
            dates: dates
        )
    }

    /// Whether what was compiled is what was read, lines aside, which the files behind a registry had in their own layout.
    private static func isSame(_ compiled: Registry, _ registry: Registry) -> Bool {
        guard compiled.providers.count == registry.providers.count, compiled.secrets.count == registry.secrets.count
        else {
            return false
        }
        var compiled = compiled
        for index in compiled.providers.indices {
            compiled.providers[index].source.line = registry.providers[index].source.line
        }
        for index in compiled.secrets.indices {
            compiled.secrets[index].source.line = registry.secrets[index].source.line
        }
        return compiled == registry
    }
}
