import Foundation
import Logging
import RosterBytes
import RosterModel
import RosterPublication
import RosterServer
import RosterTestSupport
import SealedBoxes
import Testing

@testable import RosterFleet

@Suite("Following publications")
struct FollowerTests {
    @Test func servesNewestOfAllSources() async throws {
        let fleet = try TestFleet(sources: 2)
        let (one, two) = (try await TestRegistry(1), try await TestRegistry(2))
        let older = try fleet.sign(one)
        let newer = try fleet.sign(two, serial: TestFleet.start + 5)
        #expect(try await fleet.offer(newer, at: 0) == nil)
        #expect(try await fleet.offer(older, at: 1) == "rolled-back")
        #expect(await fleet.served == TestFleet.start + 5)
        let served = try #require(fleet.monitor.current.served)
        #expect(served.serial == TestFleet.start + 5 && served.keyID == fleet.key.publicKey.id)
        #expect(fleet.monitor.current.sources[1].failure?.reason == "rolled-back")
    }

    @Test func refreshMovesSerialAndExpiryWithoutFetch() async throws {
        let fleet = try TestFleet()
        let registry = try await TestRegistry(1)
        try await fleet.offer(try fleet.sign(registry))
        let reads = fleet.sources[0].reads
        fleet.now += 1000
        let refreshed = try fleet.sign(registry, validity: 20 * TestFleet.day)
        #expect(try await fleet.offer(refreshed) == nil)
        #expect(fleet.sources[0].reads == reads)
        #expect(fleet.monitor.current.served?.expires == refreshed.statement.expires)
        try fleet.restart()
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.served == TestFleet.start + 1000)
    }

    @Test func readsNoBlobThatTheManifestIncludes() async throws {
        let fleet = try TestFleet()
        let publication = try fleet.sign(try await TestRegistry(1), isIncluded: true)
        #expect(try await fleet.offer(publication, blob: .some(nil)) == nil)
        #expect(await fleet.served == TestFleet.start)
        #expect(fleet.sources[0].reads == 0)
        // It is saved like one that was read.
        try fleet.restart()
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.served == TestFleet.start)
    }

    @Test func refusesOtherIncludedRegistry() async throws {
        let fleet = try TestFleet()
        var publication = try fleet.sign(try await TestRegistry(1), isIncluded: true)
        let other = try await TestRegistry(2).content.compressed
        let text = String(decoding: publication.manifest, as: UTF8.self)
        let included = CanonicalBase64.encode(publication.compressed.span)
        publication.manifest = Array(text.replacing(included, with: CanonicalBase64.encode(other.span)).utf8)
        #expect(try await fleet.offer(publication) == "digest-mismatch")
        #expect(await fleet.served == nil)
    }

    @Test func reportsEquivocationOnceUntilHigherSerial() async throws {
        let fleet = try TestFleet(sources: 2)
        let (one, two) = (try await TestRegistry(1), try await TestRegistry(2))
        try await fleet.offer(try fleet.sign(one))
        #expect(try await fleet.offer(try fleet.sign(two), at: 1) == "equivocation")
        #expect(try await fleet.offer(try fleet.sign(two, validity: 5), at: 1) == "equivocation")
        #expect(await fleet.follower.served?.registry == one.content.registry)
        #expect(fleet.log.messages(.critical).count == 1)
        fleet.now += 1
        #expect(try await fleet.offer(try fleet.sign(two), at: 1) == nil)
        #expect(await fleet.follower.served?.registry == two.content.registry)
    }

    /// Two files whose registry is not the one that is signed.
    @Test func refusesIncompleteFilesForTheFirstReason() async throws {
        let fleet = try TestFleet(isUnpacked: true)
        let (one, other) = (try await TestRegistry(1), try await TestRegistry(2))
        func offer(_ publication: SignedPublication, isComplete: Bool) async throws -> String? {
            let registry = isComplete ? one : other
            fleet.sources[0].set(registry.bytes, for: publication.statement.registry.digest)
            let manifest = Manifest.encode(
                publication.statement,
                envelope: publication.envelope,
                compressed: nil,
                otherRegistry: isComplete ? nil : other.content.registry
            )
            guard await fleet.follower.note(.manifest(manifest), from: 0) else { return nil }
            return try await fleet.settle()
        }
        #expect(try await offer(try fleet.sign(one, with: try TestKey()), isComplete: false) == "untrusted-key")
        let publication = try fleet.sign(one)
        #expect(try await offer(publication, isComplete: false) == "digest-mismatch")
        #expect(await fleet.served == nil)
        #expect(try await offer(publication, isComplete: true) == nil)
        #expect(await fleet.served == publication.statement.serial.milliseconds)
        // The envelope is the accepted one, or one that only has a new serial and expiry.
        #expect(try await offer(publication, isComplete: false) == "digest-mismatch")
        fleet.now += 1
        #expect(try await offer(try fleet.sign(one), isComplete: false) == "digest-mismatch")
        #expect(await fleet.served == publication.statement.serial.milliseconds)
        _ = await fleet.follower.note(.same, from: 0)
        #expect(fleet.monitor.current.sources[0].isRefused)
        #expect(try await offer(try fleet.sign(one), isComplete: true) == nil)
        #expect(await fleet.served == fleet.now)
        #expect(!fleet.monitor.current.sources[0].isRefused)
    }

    @Test func servesNeitherOfTwoNewPublicationsWithOneSerial() async throws {
        let fleet = try TestFleet(sources: 2)
        for (position, registry) in [try await TestRegistry(1), try await TestRegistry(2)].enumerated() {
            let publication = try fleet.sign(registry)
            fleet.sources[position].set(publication.compressed, for: publication.statement.compressed.digest)
            _ = await fleet.follower.note(.manifest(publication.manifest), from: position)
        }
        #expect(try await fleet.settle() == "equivocation")
        #expect(await fleet.served == nil)
        #expect(fleet.log.messages(.critical).count == 1)
        fleet.now += 1
        #expect(try await fleet.offer(try fleet.sign(try await TestRegistry(2)), at: 1) == "rolled-back")
        #expect(await fleet.served == fleet.now)
        // What the first source still has is only older now.
        #expect(fleet.monitor.current.sources[0].failure?.reason == "rolled-back")
    }

    @Test func acceptsPublicationFromTheFutureWhenItsTimeComes() async throws {
        let fleet = try TestFleet()
        let serial = TestFleet.start + 301_000
        let publication = try fleet.sign(try await TestRegistry(1), serial: serial)
        #expect(try await fleet.offer(publication) == "from-the-future")
        #expect(try await fleet.tick(30) == nil)
        #expect(await fleet.served == nil)
        fleet.now += 1000
        try await fleet.tick(10)
        #expect(await fleet.served == serial)
    }

    @Test func acceptsExpiredPublicationWhenWrongClockIsSetBack() async throws {
        let fleet = try TestFleet()
        fleet.now += 30 * TestFleet.day * 1000
        let publication = try fleet.sign(try await TestRegistry(1), serial: TestFleet.start, issued: TestFleet.start)
        #expect(try await fleet.offer(publication) == "expired")
        fleet.now = TestFleet.start
        try await fleet.tick(10)
        #expect(await fleet.served == TestFleet.start)
    }

    @Test func doesNotEvaluateRefusedManifestAgain() async throws {
        let fleet = try TestFleet()
        let publication = try fleet.sign(try await TestRegistry(1), with: try TestKey())
        #expect(try await fleet.offer(publication) == "untrusted-key")
        #expect(try await fleet.tick(120) == nil)
        #expect(try await fleet.offer(publication) == nil)
        #expect(fleet.refusals.count == 1)
        #expect(fleet.sources[0].reads == 0)
    }

    @Test func readsBlobOfOtherSourceWhenTheFirstIsDamaged() async throws {
        let fleet = try TestFleet(sources: 2)
        let publication = try fleet.sign(try await TestRegistry(1))
        fleet.sources[1].set(publication.compressed, for: publication.statement.compressed.digest)
        let damaged = [UInt8](repeating: 7, count: publication.compressed.count)
        #expect(try await fleet.offer(publication, at: 0, blob: damaged) == nil)
        #expect(await fleet.served == TestFleet.start)
    }

    @Test func readsDamagedBlobAgainLater() async throws {
        let fleet = try TestFleet()
        let publication = try fleet.sign(try await TestRegistry(1))
        let digest = publication.statement.compressed.digest
        let damaged = Array(publication.compressed.dropLast()) + [1]
        #expect(try await fleet.offer(publication, blob: damaged) == "digest-mismatch")
        #expect(fleet.monitor.current.sources[0].failure?.reason == "digest-mismatch")
        fleet.sources[0].set(nil, for: digest)
        try await fleet.tick(1)
        #expect(fleet.monitor.current.sources[0].failure?.reason == "incomplete")
        fleet.sources[0].set(publication.compressed, for: digest)
        try await fleet.tick(2)
        #expect(await fleet.served == TestFleet.start)
    }

    @Test(arguments: [0, 100_000])
    func endsReadOfBlobWithWrongSize(size: Int) async throws {
        let fleet = try TestFleet()
        let publication = try fleet.sign(try await TestRegistry(1))
        let blob = [UInt8](repeating: 0, count: size)
        #expect(try await fleet.offer(publication, blob: blob) == "digest-mismatch")
        #expect(await fleet.served == nil)
    }

    @Test func refusesRegistryOfOtherCommitThanStated() async throws {
        let fleet = try TestFleet()
        var content = try await TestRegistry(1).content
        content.commit = try await TestRegistry(2).content.commit
        let claims = PublicationSigner.Claims(
            channel: .main,
            serial: try #require(Serial(milliseconds: fleet.now)),
            issued: Timestamp(secondsSince1970: fleet.now / 1000),
            validity: 1000
        )
        let publication = PublicationSigner.sign(content, claims, with: fleet.key.key)
        #expect(try await fleet.offer(publication) == "invalid-registry")
    }

    @Test func refusesBytesThatAreNotARegistry() async throws {
        let fleet = try TestFleet()
        let content = try PublicationSigner.Content(Array(#"{"apiKey": "sk-secret"}"#.utf8), commit: nil)
        let claims = PublicationSigner.Claims(
            channel: .main,
            serial: try #require(Serial(milliseconds: fleet.now)),
            issued: Timestamp(secondsSince1970: fleet.now / 1000),
            validity: 1000
        )
        let publication = PublicationSigner.sign(content, claims, with: fleet.key.key)
        #expect(try await fleet.offer(publication) == "invalid-registry")
        #expect(fleet.refusals.count == 1 && !fleet.refusals.joined().contains("sk-secret"))
    }

    @Test func refusesRegistryLargerThanLimitBeforeFetch() async throws {
        let fleet = try TestFleet(options: FollowingOptions(registryLimit: 10))
        #expect(try await fleet.offer(try fleet.sign(try await TestRegistry(1))) == "too-large")
        #expect(fleet.sources[0].reads == 0)
    }

    @Test func refusesPublicationFromBeforeTheOperatorsTime() async throws {
        let time = Timestamp(secondsSince1970: TestFleet.start / 1000 + 1)
        let fleet = try TestFleet(options: FollowingOptions(notBefore: time))
        let registry = try await TestRegistry(1)
        #expect(try await fleet.offer(try fleet.sign(registry)) == "rolled-back")
        fleet.now += 1000
        #expect(try await fleet.offer(try fleet.sign(registry)) == nil)
        #expect(await fleet.served == TestFleet.start + 1000)
    }

    @Test func neverOpensClosedServer() async throws {
        let fleet = try TestFleet(sources: 2)
        let (open, closed) = (try await TestRegistry(1), try await TestRegistry(2))
        fleet.refusedRegistry = open.content.registry.digest
        #expect(try await fleet.offer(try fleet.sign(open, serial: TestFleet.start + 9)) == "opens-server")
        #expect(await fleet.ratchet() == nil)
        #expect(fleet.log.messages(.error).last?.hasSuffix("(opens-server)") == true)
        // The ratchet does not move, so that an older one is still accepted.
        #expect(try await fleet.offer(try fleet.sign(closed), at: 1) == nil)
        #expect(await fleet.served == TestFleet.start)
    }

    @Test func readsEnvelopeThatToolsLeftOutOfManifest() async throws {
        let fleet = try TestFleet()
        let publication = try fleet.sign(try await TestRegistry(1))
        let text = String(decoding: publication.manifest, as: UTF8.self)
        let data = #""data":"\#(Data(publication.envelope).base64EncodedString())","#
        try #require(text.contains(data))
        let manifest = Array(text.replacingOccurrences(of: data, with: "").utf8)
        fleet.sources[0].set(publication.compressed, for: publication.statement.compressed.digest)
        fleet.sources[0].set(publication.envelope, for: Digest.sha256(of: publication.envelope.span))
        _ = await fleet.follower.note(.manifest(manifest), from: 0)
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.served == TestFleet.start)
    }

    @Test func logsFailuresOfSourceOnlyWhenTheyChange() async throws {
        let fleet = try TestFleet()
        for _ in 0..<5 { _ = await fleet.follower.note(.failed(SourceProblem(.timeout, "no answer")), from: 0) }
        #expect(fleet.log.messages(.warning).filter { $0.contains("no answer") }.count == 1)
        #expect(fleet.monitor.current.sources[0].isUp == false)
        _ = await fleet.follower.note(.same, from: 0)
        #expect(fleet.monitor.current.sources[0].isUp == true)
        #expect(fleet.log.messages(.notice).contains { $0.contains("is read again") })
    }
}
