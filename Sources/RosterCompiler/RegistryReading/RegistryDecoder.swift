public import RosterBackend
import RosterDiagnostics
public import RosterModel
import RosterSemantics
import RosterSources

/// The reason why a document cannot be read as a registry.
public typealias RegistryProblem = RosterBackend.RegistryProblem

/// Reads the JSON document that ``RegistryEncoder`` writes, completely or not at all.
///
/// The decoder is as strict as the compiler: an unknown member, a reference to a missing record, and an endpoint or a host
/// that a rule rejects are errors. Members and records may be in any order; the decoder sorts the records.
public enum RegistryDecoder {
    /// Reads a document.
    ///
    /// - Parameters:
    ///   - bytes: the document.
    ///   - concurrency: the largest number of threads that check records.
    /// - Returns: the registry, its records in order.
    /// - Throws: ``RegistryProblem``.
    public static func decode(_ bytes: [UInt8], concurrency: Int = 1) async throws -> Registry {
        try await decodeChecked(bytes, concurrency: concurrency).registry
    }

    /// Reads a document, and returns the registry with the repository that it would be compiled from.
    ///
    /// The rules for one record are not applied again to records that are those of `earlier`, a registry that was read
    /// before; the rules for the whole registry are.
    package static func decodeChecked(
        _ bytes: [UInt8],
        concurrency: Int = 1,
        after earlier: (registry: Registry, checked: AnalyzedRepository)? = nil
    ) async throws -> (registry: Registry, checked: AnalyzedRepository) {
        // An invalid document is read again by the general reader, so that each error has one message.
        if let registry = RegistryScanner.read(bytes) {
            let reusable = earlier.flatMap { earlier in
                RegistryDifference(from: earlier.registry, to: registry).map { difference in
                    ReusableFiles(of: earlier.checked, except: difference.paths)
                }
            }
            if let checked = try? await check(registry, reusing: reusable, concurrency: concurrency) {
                return (registry, checked)
            }
        }
        let (registry, endpointProblem) = try RegistryDocument.read(bytes)
        let checked = try await check(registry, concurrency: concurrency)
        if let endpointProblem { throw endpointProblem }
        return (registry, checked)
    }

    /// Checks a registry with the rules for files.
    private static func check(
        _ registry: Registry,
        reusing reusable: ReusableFiles? = nil,
        concurrency: Int
    ) async throws -> AnalyzedRepository {
        // The day matters to warnings only, which `check` reports.
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 0), concurrency: concurrency))
        let checked = try await compiler.analyze(RegistryTree(registry), reusing: reusable)
        let errors = checked.diagnostics.filter { $0.severity == .error }
        if let first = errors.first { throw problem(first, of: errors, in: registry) }
        guard await isSource(checked, of: registry, concurrency: concurrency) else {
            throw RegistryProblem(.rules, "", "no repository compiles to this registry")
        }
        return checked
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

    /// Returns whether a checked repository compiles to a registry, except for line numbers, which depend on the layout of the
    /// files.
    private static func isSource(_ checked: AnalyzedRepository, of registry: Registry, concurrency: Int) async -> Bool {
        guard !checked.hasErrors, checked.repository.providers.count == registry.providers.count else { return false }
        let builder = RegistryBuilder(checked.repository, files: checked.files, history: history(of: registry))
        var (compiled, expected) = (builder.frame(), registry)
        expected.providers = []
        guard compiled.secrets.count == expected.secrets.count else { return false }
        for index in compiled.secrets.indices {
            compiled.secrets[index].source.line = expected.secrets[index].source.line
        }
        guard compiled == expected else { return false }
        let parts = await ParallelRanges(registry.providers.indices, concurrency: concurrency).map { positions in
            positions.allSatisfy { position in
                var provider = builder.provider(at: position)
                provider?.source.line = registry.providers[position].source.line
                return provider == registry.providers[position]
            }
        }
        return parts.allSatisfy { $0 }
    }
}
