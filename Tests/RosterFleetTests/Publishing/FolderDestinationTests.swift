import Foundation
import RosterBytes
import RosterModel
import RosterPublication
import RosterTestSupport
import Testing

@testable import RosterFleet

@Suite("Publishing into a folder")
struct FolderDestinationTests {
    private let folder: ScratchFolder
    private let destination: FolderDestination
    private let key: TestKey

    init() throws {
        folder = try ScratchFolder()
        destination = FolderDestination(path: folder.path + "/out", address: "dir:out", channel: .main)
        key = try TestKey()
    }

    private func publication(_ number: Int, serial: Int64) async throws -> SignedPublication {
        let claims = PublicationSigner.Claims(
            channel: .main,
            serial: try #require(Serial(milliseconds: serial)),
            issued: Timestamp(secondsSince1970: 1_795_899_518),
            validity: 86_400
        )
        return PublicationSigner.sign(try await TestRegistry(number).content, claims, with: key.key)
    }

    private var blobs: Set<String> {
        get throws { Set(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out/blobs/sha256")) }
    }

    @Test func writesLayoutThatASourceReads() async throws {
        #expect(try await destination.current() == nil)
        let publication = try await publication(1, serial: 1000)
        try await destination.publish(publication, after: nil, keeping: 10)
        #expect(try folder.read("out/oci-layout") == #"{"imageLayoutVersion":"1.0.0"}"#)
        let current = try #require(try await destination.current())
        #expect(current.manifest == publication.manifest && current.envelope == publication.envelope)
        let source = FolderSource(path: folder.path + "/out", address: "dir:out", channel: .main)
        #expect(try await PublishedContent.manifest(of: source) == publication.manifest)
        let bytes = try await PublishedContent.compressed(of: publication.statement, from: source)
        #expect(bytes == publication.compressed)
    }

    @Test func removesBlobsOfOldestPublicationsOnly() async throws {
        var all: [SignedPublication] = []
        for number in 1...5 {
            let next = try await publication(number, serial: Int64(number) * 1000)
            try await destination.publish(next, after: try await destination.current(), keeping: 2)
            all.append(next)
            try folder.write("out/blobs/sha256/of-another-tool", "")
        }
        let kept = all.suffix(3).flatMap { [$0.compressed, $0.envelope, $0.manifest] } + [Manifest.emptyConfig]
        let expected = Set(kept.map { Digest.sha256(of: $0.span).hex })
        #expect(try blobs == expected.union(["of-another-tool"]))
    }

    @Test func refusesToReplacePublicationThatItHasNotSeen() async throws {
        let first = try await publication(1, serial: 1000)
        let second = try await publication(2, serial: 2000)
        let third = try await publication(3, serial: 3000)
        try await destination.publish(first, after: nil, keeping: 10)
        let seen = try await destination.current()
        try await destination.publish(third, after: seen, keeping: 10)
        let serial = try #require(Serial(milliseconds: 3000))
        await #expect(throws: DestinationProblem.overtaken(by: serial)) {
            try await destination.publish(second, after: seen, keeping: 10)
        }
        await #expect(throws: DestinationProblem.overtaken(by: serial)) {
            try await destination.publish(second, after: nil, keeping: 10)
        }
        #expect(try await destination.current()?.manifest == third.manifest)
    }

    @Test func waitsForAnotherPublisher() async throws {
        let first = try await publication(1, serial: 1000)
        try await destination.publish(first, after: nil, keeping: 10)
        var other: OpenFolder? = try OpenFolder(folder.path + "/out")
        #expect(try other?.lock() == true)
        let second = try await publication(2, serial: 2000)
        let seen = try await destination.current()
        let impatient = FolderDestination(
            path: folder.path + "/out",
            address: "dir:out",
            channel: .main,
            patience: .milliseconds(100)
        )
        await #expect(throws: DestinationProblem.self) {
            try await impatient.publish(second, after: seen, keeping: 10)
        }
        let publishing = Task { [destination] in try await destination.publish(second, after: seen, keeping: 10) }
        try await Task.sleep(for: .milliseconds(100))
        other = nil
        #expect(try await publishing.value == nil)
        #expect(try await destination.current()?.manifest == second.manifest)
    }

    @Test func losesNoPublicationOfRacingPublishers() async throws {
        var won = 0
        for round in 1...50 {
            let seen = try await destination.current()
            let serials = try await [
                publication(round, serial: Int64(round) * 10), publication(round + 1, serial: Int64(round) * 10 + 1),
            ]
            let winners = await withTaskGroup(of: Int64?.self) { group in
                for publication in serials {
                    group.addTask { [destination] in
                        do {
                            try await destination.publish(publication, after: seen, keeping: 3)
                            return publication.statement.serial.milliseconds
                        } catch { return nil }
                    }
                }
                return await group.reduce(into: [Int64]()) { if let serial = $1 { $0.append(serial) } }
            }
            #expect(winners.count == 1, "round \(round)")
            let current = try #require(try await destination.current())
            let statement = try Statement(payload: try Envelope(current.envelope).payload)
            #expect(winners == [statement.serial.milliseconds], "round \(round)")
            won += winners.count
        }
        #expect(won == 50)
    }

    @Test func keepsOtherChannelsAndEntriesOfOtherTools() async throws {
        let staging = FolderDestination(
            path: folder.path + "/out",
            address: "dir:out",
            channel: try #require(Channel("staging"))
        )
        let first = try await publication(1, serial: 1000)
        try await staging.publish(first, after: nil, keeping: 0)
        let second = try await publication(2, serial: 2000)
        try await destination.publish(second, after: nil, keeping: 0)
        #expect(try await destination.current()?.manifest == second.manifest)
        #expect(try await staging.current()?.manifest != nil)
    }

    @Test(arguments: ["", "{}", #"{"schemaVersion":2,"manifests":3}"#])
    func refusesDamagedIndex(text: String) async throws {
        try folder.write("out/index.json", text)
        await #expect(throws: DestinationProblem.self) { try await destination.current() }
    }
}
