import RosterPublication
import RosterServer
import RosterTestSupport
import Synchronization
import Testing

@testable import RosterFleet

/// Sources that send nothing and end nothing, which need no key to do so.
@Suite("Sources that are slow")
struct SlowSourceTests {
    /// A source's reads that end only when they are cancelled.
    private static let never: @Sendable () async -> Void = {
        while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
    }

    /// A time that is over once a source is read, when it is short; others end when they are cancelled.
    private static func afterRead(of source: @escaping @Sendable () -> Int) -> @Sendable (Duration) async -> Bool {
        { duration in
            while !Task.isCancelled {
                if duration <= .seconds(15), source() > 0 { return true }
                try? await Task.sleep(for: .milliseconds(1))
            }
            return false
        }
    }

    private func fleet(slow position: Int) throws -> TestFleet {
        let box = ReadCount()
        let fleet = try TestFleet(sources: 2, sleep: Self.afterRead { box.count() })
        box.source = fleet.sources[position]
        fleet.sources[position].delay = Self.never
        return fleet
    }

    @Test func doNotDelayTheRegistryThatAnotherSourceHas() async throws {
        let fleet = try fleet(slow: 0)
        let publication = try fleet.sign(try await TestRegistry(1))
        fleet.sources[1].set(publication.compressed, for: publication.statement.compressed.digest)
        #expect(try await fleet.offer(publication) == nil)
        #expect(await fleet.served == TestFleet.start)
        #expect(fleet.sources.map(\.reads) == [1, 1])
        #expect(fleet.monitor.current.sources[0].failure == nil)
    }

    @Test func doNotDelayPublicationsOfOtherSources() async throws {
        let fleet = try fleet(slow: 0)
        let publication = try fleet.sign(try await TestRegistry(1))
        // An envelope that the manifest does not include, and the source never sends.
        let text = String(decoding: publication.manifest, as: UTF8.self)
        let data = try #require(text.firstRange(of: #","data":"eyJ"#))
        let end = try #require(text[data.upperBound...].firstIndex(of: "\""))
        let stripped = text[..<data.lowerBound] + text[text.index(after: end)...]
        _ = await fleet.follower.note(.manifest(Array(stripped.utf8)), from: 0)
        #expect(try await fleet.offer(publication, at: 1) == nil)
        #expect(await fleet.served == TestFleet.start)
        #expect(fleet.monitor.current.sources[0].failure?.reason == "timeout")
    }
}

/// The reads of a source that is known later.
private final class ReadCount: Sendable {
    private let held = Mutex<TestSource?>(nil)

    var source: TestSource? {
        get { held.withLock { $0 } }
        set { held.withLock { $0 = newValue } }
    }

    func count() -> Int { source?.reads ?? 0 }
}
