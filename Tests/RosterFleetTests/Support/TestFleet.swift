import Foundation
import Logging
import RosterBytes
import RosterCompiler
import RosterModel
import RosterPublication
import RosterServer
import RosterTestSupport
import SealedBoxes
import Synchronization
import Testing

@testable import RosterFleet

/// A follower with sources, a state folder, a trust file and a clock that a test controls.
final class TestFleet {
    /// 2026-11-28T20:58:38Z in milliseconds.
    static let start: Int64 = 1_795_899_518_000
    static let day: Int64 = 86_400

    let folder: ScratchFolder
    let sources: [TestSource]
    let key: TestKey
    let log = TestLog()
    private let time: TestTime
    private let sleep: @Sendable (Duration) async -> Bool
    private let hasState: Bool
    private(set) var follower: Follower
    private(set) var monitor: PublicationMonitor
    private var options: FollowingOptions
    /// The messages of the refusals that loads returned.
    private(set) var refusals: [String] = []
    /// The digest of a registry that the server does not serve.
    var refusedRegistry: Digest?

    /// The milliseconds of the clock.
    var now: Int64 {
        get { time.value }
        set { time.value = newValue }
    }

    init(
        sources count: Int = 1,
        isUnpacked: Bool = false,
        hasState: Bool = true,
        folder: ScratchFolder? = nil,
        key: TestKey? = nil,
        options: FollowingOptions = FollowingOptions(),
        sleep: @escaping @Sendable (Duration) async -> Bool = { _ in false }
    ) throws {
        let folder = try folder ?? ScratchFolder()
        (self.folder, self.hasState, self.options) = (folder, hasState, options)
        self.key = try key ?? TestKey()
        let time = TestTime(Self.start)
        (self.time, self.sleep) = (time, sleep)
        sources = (0..<count).map { number in
            let address = "dir:source\(number)"
            return isUnpacked ? UnpackedTestSource(address) : TestSource(address)
        }
        try folder.write("trust.pem", self.key.publicKey.pem)
        (follower, monitor) = try Self.start(sources, folder, hasState: hasState, options, log, time, sleep)
    }

    var statePath: String { folder.path + "/state" }

    private static func start(
        _ sources: [any PublicationSource],
        _ folder: ScratchFolder,
        hasState: Bool,
        _ options: FollowingOptions,
        _ log: TestLog,
        _ time: TestTime,
        _ sleep: @escaping @Sendable (Duration) async -> Bool
    ) throws -> (Follower, PublicationMonitor) {
        let trust = TrustFile(path: folder.path + "/trust.pem", shownAs: "trust.pem")
        let monitor = PublicationMonitor(
            sources: sources.map(\.address),
            hasStateFolder: hasState,
            expiry: .refuse,
            skew: options.skew
        )
        let follower = Follower(
            sources,
            trustFile: trust,
            trusted: try trust.read(),
            state: hasState ? try Self.openState(folder.path + "/state") : nil,
            monitor: monitor,
            options: options,
            logger: log.logger,
            schedule: Schedule(sleep: sleep, random: { 0.5 }),
            clock: MillisecondClock { time.value }
        ) { Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_000))) }
        return (follower, monitor)
    }

    /// Opens a state folder.
    ///
    /// A program that another test is starting holds the lock until it no longer has the descriptors of this process.
    private static func openState(_ path: String) throws -> StateFolder {
        for _ in 0..<2000 {
            do throws(StateFolder.Problem) { return try StateFolder(path) } catch {
                guard error == .locked else { throw error }
                usleep(5000)
            }
        }
        return try StateFolder(path)
    }

    /// Ends the follower, and starts a second one on the same state folder.
    func restart(_ options: FollowingOptions? = nil) throws {
        self.options = options ?? self.options
        // The lock of the state folder ends with the follower.
        follower = try Self.start(sources, folder, hasState: false, self.options, log, time, sleep).0
        (follower, monitor) = try Self.start(sources, folder, hasState: hasState, self.options, log, time, sleep)
    }

    /// Loads until nothing is left to do, as a server does; returns the reason of the last refusal.
    @discardableResult
    func settle() async throws -> String? {
        var refused: String?
        while true {
            switch try await follower.load(changed: nil) {
            case .loaded(let loaded):
                let document = RegistryDocumentBytes.of(loaded.registry)
                if let refusedRegistry, Digest.sha256(of: document.span) == refusedRegistry {
                    await follower.wasRefused("this revision has no access section")
                    refused = Refusal.Reason.opensServer.rawValue
                } else {
                    await follower.willServe()
                }
            case .refused(let reason, let message):
                refusals.append(message)
                return reason
            case .same: return refused
            case .broken: Issue.record("a follower reports no broken revision")
            }
        }
    }

    /// Lets a source have a publication, whose blob may be damaged, and settles.
    @discardableResult
    func offer(
        _ publication: SignedPublication,
        at source: Int = 0,
        blob: [UInt8]?? = nil
    ) async throws -> String? {
        sources[source].set(blob ?? publication.compressed, for: publication.statement.compressed.digest)
        if await follower.note(.manifest(publication.manifest), from: source) { return try await settle() }
        return nil
    }

    /// Signs a registry at the time of the clock, and has its blob in the manifest only on request.
    func sign(
        _ registry: TestRegistry,
        serial: Int64? = nil,
        issued: Int64? = nil,
        validity: Int64 = 14 * day,
        channel: Channel = .main,
        with key: TestKey? = nil,
        isIncluded: Bool = false
    ) throws -> SignedPublication {
        let claims = PublicationSigner.Claims(
            channel: channel,
            serial: try #require(Serial(milliseconds: serial ?? now)),
            issued: Timestamp(secondsSince1970: (issued ?? now) / 1000),
            validity: validity
        )
        var publication = PublicationSigner.sign(registry.content, claims, with: (key ?? self.key).key)
        let compressed = isIncluded ? publication.compressed : nil
        publication.manifest = Manifest.encode(
            publication.statement,
            envelope: publication.envelope,
            compressed: compressed
        )
        return publication
    }

    /// Counts ticks, and settles.
    @discardableResult
    func tick(_ count: Int) async throws -> String? {
        for _ in 0..<count { _ = await follower.tick() }
        return try await settle()
    }

    /// The serial that is served; nil for none.
    var served: Int64? { get async { await follower.served?.serial.milliseconds } }

    func ratchet() async -> Int64? { await follower.ratchet?.serial.milliseconds }
}
