package import RosterCompiler
import RosterEditing
package import RosterModel

/// A compiled registry that was read from its document, from which the next one takes what did not change.
package struct DecodedDocument: Sendable {
    package let registry: Registry
    private let checked: AnalyzedRepository
    private let version = RegistryVersion()
    private let change: LoadedRegistry.Change?

    /// Reads a document, and checks it by all the rules.
    ///
    /// - Throws: ``RegistryProblem``.
    package init(_ bytes: [UInt8], after earlier: DecodedDocument?, concurrency: Int) async throws {
        (registry, checked) = try await RegistryDecoder.decodeChecked(
            bytes,
            concurrency: concurrency,
            after: earlier.map { ($0.registry, $0.checked) }
        )
        guard let earlier, let difference = RegistryDifference(from: earlier.registry, to: registry),
            difference.isOfContentsOnly
        else {
            change = nil
            return
        }
        change = LoadedRegistry.Change(since: earlier.version, providers: difference.providers)
    }

    /// Returns the registry as a source loads it; `compiler` makes the compiler of its editor.
    package func loaded(compiler: Compiler) -> LoadedRegistry {
        LoadedRegistry(registry: registry, version: version, change: change, hasFileText: false) { [checked] in
            Editor(checked, compiler: compiler, pathPrefix: "")
        }
    }
}
