/// A source whose errors are described in a caller's words.
package struct FailureDescribingSource: RegistrySource {
    private let source: any RegistrySource
    private let describe: @Sendable (any Error) -> String

    /// Wraps a source; `describe` returns what an error means, and what to do about it.
    package init(_ source: any RegistrySource, describe: @escaping @Sendable (any Error) -> String) {
        self.source = source
        self.describe = describe
    }

    package func load(changed: Set<String>?) async throws -> LoadOutcome {
        do {
            return try await source.load(changed: changed)
        } catch let failure as SourceFailure {
            throw failure
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw SourceFailure(describe(error))
        }
    }

    package func watchedFolders() -> [WatchedFolder] { source.watchedFolders() }

    package var publication: PublicationMonitor? { source.publication }

    package func follow(_ wake: @escaping @Sendable () -> Void) async { await source.follow(wake) }

    package func willServe() async { await source.willServe() }

    package func wasRefused(_ reason: String) async { await source.wasRefused(reason) }
}
