import Logging
import RosterModel
import RosterPublication
import RosterServer
import RosterTestSupport
import SealedBoxes
import Testing

@testable import RosterFleet

@Suite("Trust during rotation, theft and mistakes")
struct TrustTests {
    @Test func acceptsBothKeysDuringRotation() async throws {
        let fleet = try TestFleet()
        let next = try TestKey()
        try fleet.folder.write("trust.pem", "# old\n\(fleet.key.publicKey.pem)# new\n\(next.publicKey.pem)")
        let registry = try await TestRegistry(1)
        #expect(try await fleet.offer(try fleet.sign(registry)) == nil)
        fleet.now += 1
        #expect(try await fleet.offer(try fleet.sign(registry, with: next)) == nil)
        fleet.now += 1
        #expect(try await fleet.offer(try fleet.sign(registry)) == nil)
        #expect(await fleet.served == TestFleet.start + 2)
    }

    @Test func evaluatesRefusedPublicationAgainWhenItsKeyIsAdded() async throws {
        let fleet = try TestFleet()
        let other = try TestKey()
        #expect(try await fleet.offer(try fleet.sign(try await TestRegistry(1), with: other)) == "untrusted-key")
        try fleet.folder.write("trust.pem", other.publicKey.pem)
        #expect(fleet.monitor.current.sources[0].isRefused)
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.served == TestFleet.start)
        #expect(!fleet.monitor.current.sources[0].isRefused)
        // Something else, and then the same again.
        let refused = SourceProblem(Refusal(.malformed, "it is a page"))
        _ = await fleet.follower.note(.failed(refused), from: 0)
        #expect(fleet.monitor.current.sources[0].isRefused)
        _ = await fleet.follower.note(.same, from: 0)
        #expect(!fleet.monitor.current.sources[0].isRefused)
    }

    @Test func noticesChangedTrustWithoutWatch() async throws {
        let fleet = try TestFleet()
        let other = try TestKey()
        try await fleet.offer(try fleet.sign(try await TestRegistry(1), with: other))
        try fleet.folder.write("trust.pem", other.publicKey.pem)
        for _ in 0..<30 { _ = await fleet.follower.tick() }
        #expect(await fleet.follower.trusted.keys.keys == [other.publicKey])
    }

    @Test func warnsWhenTheKeyOfWhatIsServedIsRemoved() async throws {
        let fleet = try TestFleet()
        let other = try TestKey()
        try await fleet.offer(try fleet.sign(try await TestRegistry(1)))
        let warnings = { fleet.log.messages(.warning).filter { $0.contains("is not trusted any more") } }
        for (keys, count) in [([fleet.key, other], 0), ([other], 1), ([other, try TestKey()], 2)] {
            try fleet.folder.write("trust.pem", keys.map(\.publicKey.pem).joined())
            try await fleet.tick(60)
            #expect(warnings().count == count)
        }
        #expect(warnings().allSatisfy { $0.contains(fleet.key.publicKey.id) })
        // It is served until something newer comes.
        #expect(await fleet.served == TestFleet.start)
    }

    @Test(arguments: ["", "no key\n", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
    func keepsKeysWhenNewFileCannotBeUsed(text: String) async throws {
        let fleet = try TestFleet()
        try fleet.folder.write("trust.pem", text)
        #expect(try await fleet.offer(try fleet.sign(try await TestRegistry(1))) == nil)
        try await fleet.tick(60)
        #expect(await fleet.served == TestFleet.start)
        #expect(fleet.log.messages(.error).filter { $0.contains("the keys before are still trusted") }.count == 1)
    }

    @Test func servesOnWhatRemovedKeySignedUntilRestart() async throws {
        let fleet = try TestFleet()
        let next = try TestKey()
        let registry = try await TestRegistry(1)
        try await fleet.offer(try fleet.sign(registry))
        try fleet.folder.write("trust.pem", next.publicKey.pem)
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.served == TestFleet.start)
        try fleet.restart()
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.served == nil)
        #expect(fleet.monitor.current.saved?.failure?.reason == "untrusted-key")
        // Nothing that the removed key signed counts any more, not even its serial.
        #expect(await fleet.ratchet() == nil)
    }

    @Test func refusesPublicationWhoseKeyIsRemovedDuringTheDownload() async throws {
        let fleet = try TestFleet()
        let (other, follower, folder) = (try TestKey().publicKey.pem, fleet.follower, fleet.folder)
        fleet.sources[0].delay = {
            try? folder.write("trust.pem", other)
            for _ in 0..<30 { _ = await follower.tick() }
        }
        #expect(try await fleet.offer(try fleet.sign(try await TestRegistry(1))) == "untrusted-key")
        #expect(await fleet.served == nil)
        #expect(await fleet.ratchet() == nil)
    }

    @Test func stolenKeyIsAheadByTheSkewAtMost() async throws {
        let fleet = try TestFleet()
        let (good, bad) = (try await TestRegistry(1), try await TestRegistry(2))
        try await fleet.offer(try fleet.sign(good))
        let ahead = TestFleet.start + 300_000
        #expect(try await fleet.offer(try fleet.sign(bad, serial: ahead + 1000)) == "from-the-future")
        #expect(try await fleet.offer(try fleet.sign(bad, serial: ahead, issued: ahead)) == nil)
        // What was accepted from the future does not move the limit.
        let further = try fleet.sign(good, serial: ahead + 300_000, issued: ahead + 300_000)
        #expect(try await fleet.offer(further) == "from-the-future")
        let next = try TestKey()
        try fleet.folder.write("trust.pem", next.publicKey.pem)
        fleet.now += 300_001
        #expect(try await fleet.offer(try fleet.sign(good, with: next)) == nil)
        #expect(await fleet.follower.served?.registry == good.content.registry)
    }
}
