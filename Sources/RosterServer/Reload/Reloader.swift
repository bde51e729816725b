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
    private let watch: FolderWatch
    /// A Boolean value that indicates whether the system has an inotify instance for the watch.
    private let watchesFolders: Bool

    /// The time without a change after which a load starts: editors write a file in several steps.
    private static let quiet = Duration.milliseconds(10)
    /// The time after which a load starts even when changes continue.
    private static let patience = Duration.milliseconds(250)

    private static let retryInterval = Duration.seconds(2)
    /// The time between two reads of the system's clock, which may be set at any time.
    private static let clockInterval = Duration.seconds(1)

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
        let watch = FolderWatch()
        watchesFolders = watch != nil
        self.watch = watch ?? .withoutFolders()
    }

    /// Loads once before anything is served.
    package func loadFirst() async {
        // Changes during the load must be noticed too.
        _ = watch.watch(source.watchedFolders())
        await load(changed: nil)
    }

    /// Loads until the task is cancelled: on every change, and on `SIGHUP`.
    package func run() async {
        if !watchesFolders {
            logger.error("changes cannot be watched: the system has no inotify instance left; SIGHUP still reloads")
        }
        await withTaskGroup { group in
            group.addTask { await reloadOnSignal() }
            group.addTask { await reloadOnChange() }
            group.addTask { await retry() }
            group.addTask { [source, watch] in await source.follow { watch.wake(isComplete: true) } }
            group.addTask { await watchFreshness() }
            await group.waitForAll()
        }
    }

    private func reloadOnSignal() async {
        guard reloadsOnSignal else { return }
        for await _ in await UnixSignalsSequence(trapping: .sighup) { watch.wake() }
    }

    private func reloadOnChange() async {
        // The first load may have found folders that were not watched yet.
        if watch.watch(source.watchedFolders()) { watch.wake() }
        for await _ in watch.stream {
            let changes = await settled()
            guard !Task.isCancelled else { return }
            guard !changes.isEmpty else { continue }
            await load(changed: changes.isAnything ? nil : changes.paths)
            if watch.watch(source.watchedFolders()) { watch.wake() }
        }
    }

    /// Loads again while the source cannot be read: a folder that was removed causes no event when it returns.
    private func retry() async {
        while (try? await Task.sleep(for: Self.retryInterval)) != nil {
            if case .reason = store.lastAttempt?.failure { watch.wake() }
        }
    }

    /// Returns the changes after they have stopped.
    private func settled() async -> FolderWatch.Changes {
        var changes = watch.takeChanges()
        let end = ContinuousClock.now + Self.patience
        while !changes.isComplete, ContinuousClock.now < end {
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
            let outcome = try await source.load(changed: changed)
            // A load may renew the validity of what is served.
            store.renew()
            switch outcome {
            case .same:
                // A source that follows publications may have none yet.
                guard store.publication == nil || store.snapshot != nil else { return }
                note(refusal: store.confirm(at: now()))
            case .refused(let reason, let message):
                metrics.countReload(isGood: false)
                if store.refuse(message, at: now()) { log(refusal: "\(message) (\(reason))") }
            case .broken(let broken):
                store.reject(broken, at: now())
                metrics.countReload(isGood: false)
                logger.error("\(Self.sentence(broken, isServing: store.snapshot != nil))")
            case .loaded(let loaded): await serve(loaded)
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

    /// Serves what was loaded, unless the store refuses it.
    private func serve(_ loaded: LoadedRegistry) async {
        let snapshot = await Snapshot.prepare(
            loaded,
            at: now(),
            previous: store.snapshot,
            concurrency: concurrency
        )
        // The source makes it the newest publication that it accepts, which a refused one must not be.
        if store.refusal(of: snapshot.registry) == nil { await source.willServe() }
        let refusal = store.swap(in: snapshot)
        metrics.countReload(isGood: refusal == nil)
        if let refusal {
            // Publications are refused by their source, which names itself in the log.
            if store.publication == nil { log(refusal: refusal) }
            await source.wasRefused(refusal)
        } else {
            let commit = snapshot.registry.revision.commit.map { " at \($0)" } ?? ""
            let count = snapshot.registry.providers.count
            logger.info("serving \(count == 1 ? "1 provider" : "\(count) providers")\(commit), \(snapshot.digest)")
        }
    }

    // MARK: Freshness

    /// Warns of the end of the validity of what is served, until the task is cancelled.
    private func watchFreshness() async {
        guard store.publication != nil else { return }
        var notices = FreshnessNotices()
        repeat {
            noteFreshness(&notices)
        } while (try? await Task.sleep(for: Self.clockInterval)) != nil
    }

    /// Warns once, if it is time to.
    func noteFreshness(_ notices: inout FreshnessNotices) {
        guard let publication = store.publication else { return }
        let time = now()
        let freshness = store.freshness(at: time) ?? .none
        guard let notice = notices.notice(freshness, of: publication, at: time) else { return }
        logger.log(level: freshness == .expired ? .error : .warning, "\(notice)")
    }

    private func note(refusal: String?) {
        metrics.countReload(isGood: refusal == nil)
        if let refusal { log(refusal: refusal) }
    }

    private func log(refusal: String) { logger.error("the new registry is not served: \(refusal)") }

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
