package import Logging
import RosterDiagnostics
package import RosterModel
import UnixSignals

/// A loop that loads the registry when its source changes, and serves each one without errors.
package struct Reloader {
    private let source: any RegistrySource
    private let reloadsOnSignal: Bool
    private let store: SnapshotStore
    private let metrics: ServerMetrics
    private let logger: Logger
    private let concurrency: Int
    private let now: @Sendable () -> Timestamp
    /// Nil when the system has no inotify instance left.
    private let watch: FolderWatch?

    /// The time without a change after which a load starts: editors write a file in several steps.
    private static let quiet = Duration.milliseconds(10)
    /// The time after which a load starts even when changes continue.
    private static let patience = Duration.milliseconds(250)

    private static let retryInterval = Duration.seconds(2)

    /// Makes a reloader of a source that fills a store.
    package init(
        _ source: any RegistrySource,
        into store: SnapshotStore,
        metrics: ServerMetrics,
        logger: Logger,
        concurrency: Int,
        now: @escaping @Sendable () -> Timestamp,
        reloadsOnSignal: Bool = true
    ) {
        self.source = source
        self.reloadsOnSignal = reloadsOnSignal
        self.store = store
        self.metrics = metrics
        self.logger = logger
        self.concurrency = concurrency
        self.now = now
        watch = FolderWatch()
    }

    /// Loads once before anything is served.
    package func loadFirst() async {
        // Changes during the load must be noticed too.
        _ = watch?.watch(source.watchedFolders())
        await load(changed: nil)
    }

    /// Loads until the task is cancelled: on every change, and on `SIGHUP`.
    package func run() async {
        guard let watch else {
            logger.error("changes cannot be watched: the system has no inotify instance left; SIGHUP still reloads")
            return await reloadOnSignal(DirectReload())
        }
        await withTaskGroup { group in
            group.addTask { await reloadOnSignal(watch) }
            group.addTask { await reloadOnChange(watch) }
            group.addTask { await retry(watch) }
            await group.waitForAll()
        }
    }

    private func reloadOnSignal(_ waking: some ReloadTrigger) async {
        guard reloadsOnSignal else { return }
        for await _ in await UnixSignalsSequence(trapping: .sighup) { await waking.reload(by: self) }
    }

    private func reloadOnChange(_ watch: FolderWatch) async {
        // The first load may have found folders that were not watched yet.
        if watch.watch(source.watchedFolders()) { watch.wake() }
        for await _ in watch.stream {
            let changes = await settled(watch)
            guard !Task.isCancelled else { return }
            guard !changes.isEmpty else { continue }
            await load(changed: changes.isAnything ? nil : changes.paths)
            if watch.watch(source.watchedFolders()) { watch.wake() }
        }
    }

    /// Loads again while the source cannot be read: a folder that was removed causes no event when it returns.
    private func retry(_ watch: FolderWatch) async {
        while (try? await Task.sleep(for: Self.retryInterval)) != nil {
            if case .reason = store.lastAttempt?.failure { watch.wake() }
        }
    }

    /// Returns the changes after they have stopped.
    private func settled(_ watch: FolderWatch) async -> FolderWatch.Changes {
        var changes = watch.takeChanges()
        let end = ContinuousClock.now + Self.patience
        while ContinuousClock.now < end {
            try? await Task.sleep(for: Self.quiet)
            let more = watch.takeChanges()
            if more.isEmpty { break }
            changes.formUnion(more)
        }
        return changes
    }

    /// Loads once.
    func load(changed: Set<String>?) async {
        do {
            switch try await source.load(changed: changed) {
            case .same:
                note(refusal: store.confirm(at: now()))
            case .refused(_, let message):
                store.fail(message, at: now())
            case .broken(let broken):
                store.reject(broken, at: now())
                metrics.countReload(isGood: false)
                logger.error("\(Self.sentence(broken, isServing: store.snapshot != nil))")
            case .loaded(let loaded):
                let snapshot = await Snapshot.prepare(
                    loaded,
                    at: now(),
                    previous: store.snapshot,
                    concurrency: concurrency
                )
                let refusal = store.swap(in: snapshot)
                note(refusal: refusal)
                if refusal == nil {
                    let commit = snapshot.registry.revision.commit.map { " at \($0)" } ?? ""
                    logger.info("serving \(snapshot.registry.providers.count) providers\(commit), \(snapshot.digest)")
                }
            }
        } catch {
            // The same reason is not logged again.
            let reason = (error as? SourceFailure)?.description ?? "the load was interrupted"
            if case .reason(reason) = store.lastAttempt?.failure { return }
            store.fail(reason, at: now())
            metrics.countReload(isGood: false)
            logger.error("the registry cannot be read: \(reason)")
        }
    }

    private func note(refusal: String?) {
        metrics.countReload(isGood: refusal == nil)
        if let refusal { logger.error("the new registry is not served: \(refusal)") }
    }

    private static func sentence(_ broken: BrokenRevision, isServing: Bool) -> String {
        let count = broken.diagnostics.count
        let first = broken.diagnostics.first.map { diagnostic in
            let line = diagnostic.place.span.map { ":\($0.line):\($0.column)" } ?? ""
            return "; the first: \(diagnostic.place.path)\(line): \(diagnostic.message) [\(diagnostic.rule)]"
        }
        return "the repository has \(count == 1 ? "an error" : "\(count) errors"), "
            + (isServing ? "so the previous registry is still served" : "so nothing is served yet") + (first ?? "")
    }
}

/// An object that can start a reload.
private protocol ReloadTrigger: Sendable {
    func reload(by reloader: Reloader) async
}

extension FolderWatch: ReloadTrigger {
    func reload(by reloader: Reloader) async { wake() }
}

/// A reload without a watch.
private struct DirectReload: ReloadTrigger {
    func reload(by reloader: Reloader) async { await reloader.load(changed: nil) }
}
