import Logging
import RosterModel
import RosterTestSupport
import Synchronization
import Testing

@testable import RosterServer

@Suite("The reloader of a source that follows publications")
struct FollowingReloaderTests {
    private let store: SnapshotStore
    private let source: FollowedSource
    private let metrics = ServerMetrics()
    private let reloader: Reloader
    private let lines: AsyncStream<String>
    private let logged = Lines()

    /// The lines of the log.
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func append(_ line: String) { lines.withLock { $0.append(line) } }
    }

    init() {
        store = SnapshotStore(mayBeOpen: false, publication: .made())
        source = FollowedSource(store)
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        let sink = LogSink { [logged] bytes in
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                logged.append(String(line))
                continuation.yield(String(line))
            }
        }
        self.sink = sink
        let now: @Sendable () -> Timestamp = { Timestamp(secondsSince1970: 1_000_000) }
        let handler = ServerLogHandler(.text, to: sink, now: now)
        reloader = Reloader(
            // As the commands wrap every source.
            FailureDescribingSource(source) { _ in "a failure" },
            into: store,
            metrics: metrics,
            logger: Logger(label: "roster") { _ in handler },
            concurrency: 2,
            now: now,
            reloadsOnSignal: false
        )
    }

    private let sink: LogSink

    private func registry(_ commit: String, isOpen: Bool = false) async throws -> LoadedRegistry {
        try await ServedExample.loaded(try ServedRepository.files(isOpen: isOpen), commit: commit)
    }

    private func errors() -> [String] {
        sink.flush()
        return logged.all.filter { $0.contains(" error: ") }
    }

    @Test func acceptsAPublicationBeforeItIsServed() async throws {
        source.add(.loaded(try await registry("1")))
        await reloader.load(changed: nil)
        let first = try #require(store.snapshot)
        source.add(.loaded(try await registry("2")))
        await reloader.load(changed: nil)
        #expect(source.calls == [.willServe(digestBefore: nil), .willServe(digestBefore: first.digest)])
        #expect(store.snapshot?.digest != first.digest)
    }

    @Test func reportsARegistryThatIsNotServed() async throws {
        source.add(.loaded(try await registry("1", isOpen: true)))
        await reloader.load(changed: nil)
        #expect(store.snapshot == nil)
        #expect(source.calls == [.wasRefused(SnapshotStore.openElsewhere)])
        source.add(.loaded(try await registry("1")))
        source.add(.loaded(try await registry("2", isOpen: true)))
        await reloader.load(changed: nil)
        await reloader.load(changed: nil)
        guard case .wasRefused(let reason)? = source.calls.last else {
            Issue.record("\(source.calls)")
            return
        }
        #expect(reason.contains("no access section"))
        #expect(store.snapshot?.registry.revision.commit == "1")
        guard case .refusal? = store.lastAttempt?.failure else {
            Issue.record("\(String(describing: store.lastAttempt))")
            return
        }
        // The source names itself in the log. When it has again what is served, the refusal is over.
        #expect(errors() == [])
        await reloader.load(changed: nil)
        #expect(store.lastAttempt?.failure == nil && errors() == [])
    }

    @Test func keepsServingAfterARefusedPublication() async throws {
        source.add(.loaded(try await registry("1")))
        await reloader.load(changed: nil)
        for _ in 0..<3 {
            source.add(.refused(reason: "rolled-back", message: "its serial is 7"))
            await reloader.load(changed: nil)
        }
        #expect(
            errors() == ["1970-01-12T13:46:40Z error: the new registry is not served: its serial is 7 (rolled-back)"]
        )
        #expect(store.snapshot?.registry.revision.commit == "1")
        guard case .publication("its serial is 7")? = store.lastAttempt?.failure else {
            Issue.record("\(String(describing: store.lastAttempt))")
            return
        }
        let text = metrics.text(store)
        #expect(text.contains("roster_reloads_total{result=\"failed\"} 3\n"))
        #expect(text.contains("roster_registry_current 0\n"))
        // The next one is logged again.
        source.add(.refused(reason: "rolled-back", message: "its serial is 8"))
        await reloader.load(changed: nil)
        #expect(errors().count == 2)
        source.add(.loaded(try await registry("2")))
        await reloader.load(changed: nil)
        #expect(store.lastAttempt?.failure == nil && store.snapshot?.registry.revision.commit == "2")
    }

    @Test func countsNoLoadWithoutAPublication() async throws {
        await reloader.loadFirst()
        #expect(store.snapshot == nil && store.lastAttempt == nil && errors() == [])
        #expect(metrics.text(store).contains("roster_registry_current 0\n"))
        source.add(.refused(reason: "unsigned", message: "no signature"))
        await reloader.load(changed: nil)
        await reloader.load(changed: nil)
        #expect(metrics.text(store).contains("roster_registry_current 0\n"))
    }

    @Test func loadsWhenTheSourceWakesIt() async throws {
        await reloader.loadFirst()
        source.add(.loaded(try await registry("1")))
        let running = Task { await reloader.run() }
        source.trigger()
        var served: String?
        for await line in lines where line.contains(" serving ") {
            served = store.snapshot?.registry.revision.commit
            break
        }
        #expect(served == "1")
        running.cancel()
        await running.value
    }

    @Test func waitsForNoMoreChangesAfterACompleteOne() async throws {
        let watch = FolderWatch.withoutFolders()
        watch.wake()
        #expect(!watch.takeChanges().isComplete)
        watch.wake(isComplete: true)
        let changes = watch.takeChanges()
        #expect(changes.isComplete && changes.isAnything)
        #expect(watch.takeChanges().isEmpty)
    }

    @Test func warnsOfTheExpiryEachHour() async throws {
        let monitor = try #require(store.publication)
        var notices = FreshnessNotices()
        func notice(_ seconds: Int64) -> String? {
            let time = Timestamp(secondsSince1970: seconds)
            return notices.notice(store.freshness(at: time) ?? .none, of: monitor, at: time)
        }
        #expect(notice(0) == nil)
        var served = PublicationMonitor.Served.made(issued: 1_000)
        served.expires = Timestamp(secondsSince1970: 101_000)
        monitor.serve(served, activatedAt: 0)
        store.renew()
        #expect(notice(1_000) == nil && notice(50_999) == nil)
        #expect(notice(51_000)?.contains("expires at 1970-01-02T04:03:20Z") == true)
        #expect(notice(51_001) == nil && notice(54_599) == nil)
        #expect(notice(54_600) != nil && notice(54_601) == nil)
        // After a clock is set back, the hour begins again.
        #expect(notice(51_000) == nil && notice(54_599) == nil && notice(54_600) != nil)
        #expect(notice(101_299)?.contains("expires at") == true)
        #expect(notice(101_300)?.contains("requests are refused") == true)
        #expect(notice(101_301) == nil && notice(104_900) != nil)
        served.serial += 1
        served.expires = Timestamp(secondsSince1970: 400_000)
        monitor.serve(served, activatedAt: 0)
        store.renew()
        #expect(notice(104_901) == nil)
    }
}
