package import Logging
package import RosterCompiler
import RosterModel
import RosterPublication
package import RosterServer

/// A source of a server's registry that follows signed publications: the newest valid one of all sources wins.
package actor Follower: RegistrySource {
    /// The time between two ticks, which measure all other times.
    private static let tickLength = Duration.seconds(1)

    let sources: [any PublicationSource]
    let trustFile: TrustFile
    let state: StateFolder?
    let monitor: PublicationMonitor
    let options: FollowingOptions
    let schedule: Schedule
    let clock: MillisecondClock
    let logger: Logger
    let compiler: @Sendable () -> Compiler

    /// The state of each source, in their order.
    var followed: [FollowedSource]
    var trusted: TrustFile.Contents
    /// The message about the trust file that was logged last; nil while it can be used.
    var loggedTrust: String?
    /// The newest accepted publication; nil before the first.
    var ratchet: Ratchet?
    /// The claims of the publication that is served; nil before the first.
    var served: Statement?
    /// The registry that was decoded last, from which the next one takes what did not change.
    var decoded: DecodedDocument?
    /// The publication that the last load returned, until the server accepts or refuses it.
    var prepared: PreparedPublication?
    /// The publication that could not be saved; nil when there is none.
    var unsaved: UnsavedPublication?
    /// The publication that was saved since the last tick, which removes the registries of those before it.
    var newlySaved: Statement?
    /// The refusal that the current load counted last, which the server logs when it is the result of the load.
    var refusal: Refusal?
    /// The serials after the newest accepted of which two publications were seen, so that neither is accepted.
    var equivocated: Set<Serial> = []
    /// The serial whose equivocation was logged.
    var loggedEquivocation: Serial?
    /// The time that the publications that were refused for the time were last compared with.
    var comparedTime: Timestamp?
    /// The number of ticks so far.
    var ticks = 0
    var wake: (@Sendable () -> Void)?
    private var hasStarted = false

    /// Creates a follower of one to four sources.
    ///
    /// `trusted` are the contents of the trust file, which is read again when it changes. Without a state folder, everything
    /// is forgotten at the end of the process. `compiler` returns the compiler for the requests that plan changes.
    package init(
        _ sources: [any PublicationSource],
        trustFile: TrustFile,
        trusted: TrustFile.Contents,
        state: StateFolder?,
        monitor: PublicationMonitor,
        options: FollowingOptions,
        logger: Logger,
        schedule: Schedule = .system,
        clock: MillisecondClock = .system,
        compiler: @escaping @Sendable () -> Compiler
    ) {
        (self.sources, self.trustFile, self.trusted) = (sources, trustFile, trusted)
        (self.state, self.monitor, self.options, self.logger) = (state, monitor, options, logger)
        (self.schedule, self.clock, self.compiler) = (schedule, clock, compiler)
        followed = sources.map { _ in FollowedSource() }
    }

    package nonisolated var publication: PublicationMonitor? { monitor }

    package nonisolated func watchedFolders() -> [WatchedFolder] { LinkedPath(trustFile.path).watchedFolders() }

    package func load(changed: Set<String>?) async throws -> LoadOutcome {
        (prepared, refusal) = (nil, nil)
        refreshTrust()
        if !hasStarted {
            hasStarted = true
            if let loaded = await loadSaved() { return .loaded(loaded) }
        }
        while let candidate = await newestCandidate() {
            guard let loaded = await prepare(candidate) else { continue }
            logRefusal()
            return .loaded(loaded)
        }
        return refusal.map { .refused(reason: $0.reason.rawValue, message: $0.message) } ?? .same
    }

    package func willServe() async {
        guard let publication = prepared else { return }
        prepared = nil
        accept(publication)
        wakeIfOpen()
    }

    package func wasRefused(_ reason: String) async {
        guard let publication = prepared else { return }
        prepared = nil
        let refusal = Refusal(.opensServer, reason)
        guard let position = publication.position else { return reportRefusedSave(refusal) }
        if followed[position].manifest == publication.manifest { refuse(refusal, at: position) }
        logRefusal()
        wakeIfOpen()
    }

    /// Causes another load when a source has a manifest that the last load left.
    private func wakeIfOpen() { if followed.contains(where: \.isOpen) { wake?() } }

    package nonisolated func follow(_ wake: @escaping @Sendable () -> Void) async {
        await setWake(wake)
        await withTaskGroup { group in
            for (position, source) in sources.enumerated() {
                group.addTask { [schedule] in
                    for await event in source.events(schedule) where await self.note(event, from: position) { wake() }
                }
            }
            group.addTask { [schedule] in
                // The system's clock may be set at any time, so that times are compared, and not slept until.
                while await schedule.sleep(Self.tickLength) { if await self.tick() { wake() } }
            }
            await group.waitForAll()
        }
    }

    private func setWake(_ wake: @escaping @Sendable () -> Void) {
        self.wake = wake
        // A trust file that changed between the first load and the watch is read now.
        refreshTrust()
    }
}
