import Foundation
import Logging
import RosterBytes
import RosterModel
import RosterPublication
import RosterServer
import RosterTestSupport
import Testing

@testable import RosterFleet

@Suite("The state folder")
struct StateFolderTests {
    private func names(_ fleet: TestFleet) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: fleet.statePath).sorted()
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func keepsOnePublicationThatOnlyItsOwnerReads() async throws {
        let fleet = try TestFleet()
        for number in 1...3 {
            fleet.now += 1
            try await fleet.offer(try fleet.sign(try await TestRegistry(number)))
        }
        try await fleet.tick(1)
        let registry = StateFolder.registryName(of: try await TestRegistry(3).content.compressedDigest)
        #expect(try names(fleet) == ["publication.dsse", registry])
        #expect(try mode(fleet.statePath) == 0o700)
        for name in try names(fleet) { #expect(try mode(fleet.statePath + "/" + name) == 0o600) }
        #expect(fleet.monitor.current.saved?.savedAt != nil)
    }

    @Test func servesSavedPublicationBeforeAnySource() async throws {
        let fleet = try TestFleet()
        try await fleet.offer(try fleet.sign(try await TestRegistry(1)))
        try fleet.restart()
        guard case .loaded = try await fleet.follower.load(changed: nil) else {
            Issue.record("nothing was loaded")
            return
        }
        await fleet.follower.willServe()
        #expect(await fleet.served == TestFleet.start)
        #expect(fleet.sources[0].reads == 1)
    }

    @Test func refusesOlderPublicationAfterRestart() async throws {
        let fleet = try TestFleet()
        let old = try fleet.sign(try await TestRegistry(1))
        fleet.now += 1000
        try await fleet.offer(try fleet.sign(try await TestRegistry(2)))
        try fleet.restart()
        #expect(try await fleet.settle() == nil)
        #expect(try await fleet.offer(old) == "rolled-back")
    }

    @Test func keepsSerialOfExpiredPublication() async throws {
        let fleet = try TestFleet()
        let old = try fleet.sign(try await TestRegistry(1), serial: TestFleet.start - 1, validity: 300 * TestFleet.day)
        try await fleet.offer(try fleet.sign(try await TestRegistry(2)))
        fleet.now += 30 * TestFleet.day * 1000
        try fleet.restart()
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.served == nil)
        #expect(fleet.monitor.current.saved?.failure?.reason == "expired")
        #expect(try await fleet.offer(old) == "rolled-back")
    }

    @Test func readsDamagedRegistryAgainFromSource() async throws {
        let fleet = try TestFleet()
        let publication = try fleet.sign(try await TestRegistry(1))
        try await fleet.offer(publication)
        let name = StateFolder.registryName(of: publication.statement.compressed.digest)
        try fleet.folder.write("state/" + name, "damaged")
        try fleet.restart()
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.served == nil)
        #expect(await fleet.ratchet() == TestFleet.start)
        #expect(fleet.monitor.current.saved?.failure?.reason == "digest-mismatch")
        let older = try fleet.sign(try await TestRegistry(2), serial: TestFleet.start - 1)
        #expect(try await fleet.offer(older) == "rolled-back")
        #expect(try await fleet.offer(publication) == nil)
        #expect(await fleet.served == TestFleet.start)
        #expect(try fleet.folder.read("state/" + name) != "damaged")
    }

    @Test func reportsMissingRegistry() async throws {
        let fleet = try TestFleet()
        let publication = try fleet.sign(try await TestRegistry(1))
        try await fleet.offer(publication)
        let name = StateFolder.registryName(of: publication.statement.compressed.digest)
        try FileManager.default.removeItem(atPath: fleet.statePath + "/" + name)
        try fleet.restart()
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.ratchet() == TestFleet.start)
        #expect(fleet.monitor.current.saved?.failure?.reason == "state-unreadable")
        #expect(fleet.log.messages(.error) == ["the state folder lacks the registry of the saved publication"])
    }

    @Test func servesSavedRegistryThatCameUncompressed() async throws {
        let fleet = try TestFleet(isUnpacked: true)
        let registry = try await TestRegistry(1)
        let publication = try fleet.sign(registry)
        fleet.sources[0].set(registry.bytes, for: publication.statement.registry.digest)
        _ = await fleet.follower.note(.manifest(publication.manifest), from: 0)
        #expect(try await fleet.settle() == nil)
        let name = StateFolder.unpackedName(of: publication.statement.registry.digest)
        #expect(try fleet.folder.read("state/" + name) == String(decoding: registry.bytes, as: UTF8.self))
        // A refresh changes only the envelope.
        fleet.now += 1
        _ = await fleet.follower.note(.manifest(try fleet.sign(registry).manifest), from: 0)
        #expect(try await fleet.settle() == nil)
        try await fleet.tick(1)
        try fleet.restart()
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.served == TestFleet.start + 1)
        // A changed registry replaces it.
        let next = try await TestRegistry(2)
        fleet.now += 1
        let later = try fleet.sign(next)
        fleet.sources[0].set(next.bytes, for: later.statement.registry.digest)
        _ = await fleet.follower.note(.manifest(later.manifest), from: 0)
        #expect(try await fleet.settle() == nil)
        try await fleet.tick(1)
        #expect(!fleet.folder.exists("state/" + name))
        try fleet.folder.write("state/" + StateFolder.unpackedName(of: later.statement.registry.digest), "damaged")
        try fleet.restart()
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.served == nil)
        #expect(fleet.monitor.current.saved?.failure?.reason == "digest-mismatch")
    }

    @Test(arguments: [("", 1), ("{", 1), ("not an envelope", 1), ("x", 20_000)])
    func startsWithoutSerialWhenEnvelopeIsDamaged(unit: String, count: Int) async throws {
        let text = String(repeating: unit, count: count)
        let fleet = try TestFleet()
        try await fleet.offer(try fleet.sign(try await TestRegistry(1)))
        try fleet.folder.write("state/publication.dsse", text)
        try fleet.restart()
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.ratchet() == nil)
        #expect(fleet.monitor.current.saved?.failure != nil)
        #expect(fleet.log.messages(.error).count == 1)
        let older = try fleet.sign(try await TestRegistry(2), serial: TestFleet.start - 1)
        #expect(try await fleet.offer(older) == nil)
        #expect(fleet.monitor.current.saved?.failure == nil)
    }

    @Test func ignoresEnvelopeOfOtherChannel() async throws {
        let fleet = try TestFleet()
        try await fleet.offer(try fleet.sign(try await TestRegistry(1)))
        let staging = try #require(Channel("staging"))
        try fleet.restart(FollowingOptions(channel: staging))
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.ratchet() == nil)
        #expect(fleet.monitor.current.saved?.failure?.reason == "wrong-channel")
    }

    @Test func allowsOneServerOnly() throws {
        let fleet = try TestFleet()
        #expect(throws: StateFolder.Problem.locked) { try StateFolder(fleet.statePath) }
        withExtendedLifetime(fleet) {}
    }

    @Test func serversOnTheirOwnFoldersFollowOneSource() async throws {
        let first = try TestFleet()
        let second = try TestFleet(key: first.key)
        let publication = try first.sign(try await TestRegistry(1))
        for fleet in [first, second] { #expect(try await fleet.offer(publication) == nil) }
        #expect(
            try Data(contentsOf: URL(filePath: first.statePath + "/publication.dsse"))
                == Data(contentsOf: URL(filePath: second.statePath + "/publication.dsse"))
        )
    }

    @Test func removesFilesOfKilledProcess() async throws {
        let fleet = try TestFleet()
        let old = try fleet.sign(try await TestRegistry(1))
        try await fleet.offer(old)
        let before = try names(fleet)
        let next = try fleet.sign(try await TestRegistry(2), serial: TestFleet.start + 1)
        // Killed while the registry was written, after its rename, and while the envelope was written.
        try fleet.folder.write("state/.roster-abc.tmp", Data(next.compressed.prefix(10)))
        try fleet.folder.write("state/.roster-def.tmp", Data(next.envelope))
        let orphan = StateFolder.registryName(of: next.statement.compressed.digest)
        try fleet.folder.write("state/" + orphan, Data(next.compressed))
        try fleet.restart()
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.served == TestFleet.start)
        #expect(try names(fleet) == (before + [orphan]).sorted())
        // Killed after the rename of the envelope, before the older registry was removed.
        try fleet.folder.write("state/publication.dsse", Data(next.envelope))
        try fleet.restart()
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.served == TestFleet.start + 1)
        fleet.now += 1000
        try await fleet.offer(try fleet.sign(try await TestRegistry(3)))
        try await fleet.tick(1)
        #expect(try names(fleet).count == 2)
    }

    @Test func servesPublicationThatCannotBeSavedAndSavesItLater() async throws {
        let fleet = try TestFleet()
        let (one, two) = (try await TestRegistry(1), try await TestRegistry(2))
        try await fleet.offer(try fleet.sign(one))
        // A folder in the place of the envelope cannot be replaced by a file, also by root.
        let path = fleet.statePath + "/publication.dsse"
        try FileManager.default.removeItem(atPath: path)
        try fleet.folder.write("state/publication.dsse/file", "")
        fleet.now += 1000
        #expect(try await fleet.offer(try fleet.sign(two)) == nil)
        #expect(await fleet.served == TestFleet.start + 1000)
        #expect(fleet.monitor.current.saved?.failure?.reason == "state-unwritable")
        try await fleet.tick(60)
        #expect(fleet.log.messages(.error).filter { $0.contains("cannot be written") }.count == 1)
        try FileManager.default.removeItem(atPath: path)
        try await fleet.tick(60)
        #expect(fleet.monitor.current.saved?.failure == nil)
        try fleet.restart()
        #expect(try await fleet.settle() == nil)
        #expect(await fleet.follower.served?.registry == two.content.registry)
    }

    @Test func keepsBytesInMemoryWhenFileCannotBeWritten() throws {
        let folder = try ScratchFolder()
        let bytes = [UInt8](repeating: 5, count: 3000)
        let content = Statement.Content(of: bytes)
        let file = try OpenFolder(folder.path).create("blob", mode: 0o600)
        let blob = CandidateBlob(size: bytes.count, file: file)
        try blob.write(Array(bytes[..<1000]))
        // From here on, the file can be read and not written, as on a full disk.
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        let readable = open(folder.path + "/" + name, O_RDONLY)
        #expect(dup2(readable, file.descriptor) >= 0)
        close(readable)
        try blob.write(Array(bytes[1000...]))
        #expect(try blob.bytes(of: content.digest) == bytes)
    }
}

extension PublicationSigner.Content {
    fileprivate var compressedDigest: Digest { Digest.sha256(of: compressed.span) }
}
