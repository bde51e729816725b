import Foundation
import RosterBytes
import RosterHTTPClient
import RosterModel
import RosterPublication
import RosterTestSupport
import Synchronization
import Testing

@testable import RosterFleet

@Suite("etcd")
struct EtcdEngineTests {
    private func client() throws -> HTTPClient { HTTPClient(try HTTPClientConfiguration { _ in nil }) }

    /// Publishes after what is there now, and returns the publication.
    @discardableResult
    private func publish(_ publication: SignedPublication, to destination: EtcdDestination, keeping kept: Int = 1)
        async throws -> SignedPublication
    {
        try await destination.publish(publication, after: try await destination.current(), keeping: kept)
        return publication
    }

    private func base64(_ text: String) -> String { CanonicalBase64.encode(Array(text.utf8).span) }

    @Test func carriesPublicationsAndTheirBlobs() async throws {
        let cluster = try await EtcdCluster()
        let (address, client) = (try cluster.address(), try client())
        let destination = EtcdDestination(address, channel: .main, sender: client)
        let source = EtcdSource(address, channel: .main, sender: client)
        let events = CollectedEvents(of: source, EtcdSchedule.scaled(by: 0.1))
        try await EtcdCluster.eventually("no publication") { events.last == "not-found" }
        #expect(try await destination.current() == nil)

        let bytes = (0..<1_400_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
        let first = try await publish(try EtcdPublications.make(10, bytes), to: destination)
        try await EtcdCluster.eventually("the first") { events.all.contains(first.text) }
        let digest = first.statement.compressed.digest
        let sink = MemorySink(size: bytes.count)
        try await source.read(digest, into: sink)
        #expect(sink.bytes == bytes)
        let short = MemorySink(size: bytes.count + 1)
        let problem = await #expect(throws: SourceProblem.self) { try await source.read(digest, into: short) }
        #expect(problem?.reason == .content(.digestMismatch))

        let seen = try await destination.current()
        let second = try await publish(try EtcdPublications.small(11), to: destination)
        try await EtcdCluster.eventually("the second") { events.all.contains(second.text) }
        let late = try EtcdPublications.small(12, "late")
        await #expect(throws: DestinationProblem.overtaken(by: try #require(Serial(milliseconds: 11)))) {
            try await destination.publish(late, after: seen, keeping: 1)
        }
        // The same publication again is done, not overtaken.
        try await destination.publish(second, after: seen, keeping: 1)
        // One older blob was kept, and that of the loser counts as the newest.
        try await publish(try EtcdPublications.small(13), to: destination, keeping: 0)
        let gone = await #expect(throws: SourceProblem.self) {
            try await source.read(digest, into: MemorySink(size: 9))
        }
        #expect(gone?.reason == .incomplete)

        try await cluster.request("/v3/kv/deleterange", #"{"key":"\#(base64("p/main/manifest"))"}"#, by: client)
        try await EtcdCluster.eventually("the deletion") { events.last == "not-found" }
        let third = try await publish(try EtcdPublications.small(14), to: destination)
        try await EtcdCluster.eventually("the next") { events.all.contains(third.text) }
    }

    @Test func keepsTheBlobsOfOtherChannels() async throws {
        let cluster = try await EtcdCluster()
        let (address, client) = (try cluster.address(), try client())
        let source = EtcdSource(address, channel: .main, sender: client)
        var publications: [SignedPublication] = []
        for name in ["blobs", "a", "zz"] {
            let channel = try #require(Channel(name))
            let destination = EtcdDestination(address, channel: channel, sender: client)
            publications.append(try await publish(try EtcdPublications.small(10, name), to: destination, keeping: 0))
        }
        let destination = EtcdDestination(address, channel: .main, sender: client)
        let orphans = try (0..<130).map { try EtcdPublications.small(11, "\($0)") }
        for orphan in orphans {
            let key = EtcdKeys(address).chunk(0, of: orphan.statement.compressed.digest)
            let body = String(decoding: EtcdRequest.put(key, value: orphan.compressed).body, as: UTF8.self)
            try await cluster.request("/v3/kv/put", body, by: client)
        }
        publications.append(try await publish(try EtcdPublications.small(12), to: destination, keeping: 2))
        for publication in publications + orphans.suffix(2) {
            let sink = MemorySink(size: publication.compressed.count)
            try await source.read(publication.statement.compressed.digest, into: sink)
            #expect(sink.bytes == publication.compressed)
        }
        for orphan in orphans.dropLast(2) {
            await #expect(throws: SourceProblem.self) {
                try await source.read(orphan.statement.compressed.digest, into: MemorySink(size: 1))
            }
        }
    }

    @Test func reportsBlobsThatCannotBeDeleted() async throws {
        let cluster = try await EtcdCluster()
        let (address, client) = (try cluster.address(), try client())
        let destination = EtcdDestination(address, channel: .main, sender: client)
        func replace(_ serial: Int64) async throws -> SourceProblem? {
            let publication = try EtcdPublications.small(serial)
            return try await destination.publish(publication, after: try await destination.current(), keeping: 0)
        }
        func put(_ key: String) async throws {
            let body = #"{"key":"\#(base64(key))","value":"\#(base64("{}"))"}"#
            try await cluster.request("/v3/kv/put", body, by: client)
        }
        #expect(try await replace(10) == nil)
        try await put("p/other/manifest")
        let unknown = "so that nothing shows which registries are in use"
        let other = "p/other/manifest has something else than a manifest, \(unknown); delete that key: "
        #expect(try await replace(11)?.message.hasPrefix(other) == true)
        for number in 0..<200 { try await put("p/locks/\(number)") }
        let many = "its prefix has more than 200 keys besides registries"
        #expect(try await replace(12)?.message == "\(many), \(unknown); use a prefix that nothing else uses")
        let everything = #"{"key":"\#(base64("p/locks/"))","range_end":"\#(base64("p/locks0"))"}"#
        try await cluster.request("/v3/kv/deleterange", everything, by: client)
        try await cluster.request("/v3/kv/deleterange", #"{"key":"\#(base64("p/other/manifest"))"}"#, by: client)
        #expect(try await replace(13) == nil)
        let source = EtcdSource(address, channel: .main, sender: client)
        for serial in Int64(10)...13 {
            let publication = try EtcdPublications.small(serial)
            let sink = MemorySink(size: publication.compressed.count)
            try? await source.read(publication.statement.compressed.digest, into: sink)
            #expect((sink.bytes == publication.compressed) == (serial == 13), "\(serial)")
        }
    }

    /// Passes requests on, and calls a closure before one of those of a path.
    private final class Interruption: HTTPSender {
        private let sender: any HTTPSender
        private let path: String
        /// The number of requests of the path that are passed on before.
        private let skipped: Mutex<Int>
        private let before: Mutex<(@Sendable () async throws -> Void)?>

        init(
            _ sender: any HTTPSender,
            path: String,
            skipping skipped: Int = 0,
            before: @escaping @Sendable () async throws -> Void
        ) {
            (self.sender, self.path) = (sender, path)
            self.skipped = Mutex(skipped)
            self.before = Mutex(before)
        }

        func send(_ request: HTTPRequest, timing: HTTPTiming) async throws(HTTPFailure) -> HTTPResponse {
            var isNow = false
            if request.target == path {
                isNow = skipped.withLock { count in
                    count -= 1
                    return count < 0
                }
            }
            let now = isNow ? before.withLock { $0.take() } : nil
            do { try await now?() } catch { throw .cancelled }
            return try await sender.send(request, timing: timing)
        }
    }

    @Test func isReadAgainWhenTheRevisionOfAWatchIsCompacted() async throws {
        let cluster = try await EtcdCluster()
        let (address, client) = (try cluster.address(), try client())
        let destination = EtcdDestination(address, channel: .main, sender: client)
        try await publish(try EtcdPublications.small(10), to: destination)
        let next = try EtcdPublications.small(11)
        let interruption = Interruption(client, path: "/v3/watch") {
            try await publish(next, to: destination)
            let revision = try #require(try await destination.current()?.revision)
            try await cluster.request("/v3/kv/compaction", #"{"revision":"\#(revision)"}"#, by: client)
        }
        // The reads every ten seconds never come.
        let schedule = Schedule(
            sleep: { wait in (try? await Task.sleep(for: wait < .seconds(8) ? wait : .seconds(3600))) != nil },
            random: { 0.9 }
        )
        let source = EtcdSource(address, channel: .main, sender: interruption)
        let events = CollectedEvents(of: source, schedule)
        try await EtcdCluster.eventually("the compacted change") { events.all.contains(next.text) }
        let last = try await publish(try EtcdPublications.small(12), to: destination)
        try await EtcdCluster.eventually("a change after it") { events.all.contains(last.text) }
    }

    @Test func neverLosesTheBlobOfAPublication() async throws {
        let cluster = try await EtcdCluster()
        let (address, client) = (try cluster.address(), try client())
        let other = EtcdDestination(address, channel: .main, sender: client)
        let source = EtcdSource(address, channel: .main, sender: client)
        try await publish(try EtcdPublications.small(10), to: other)
        func expectBlob(_ publication: SignedPublication) async throws {
            let sink = MemorySink(size: publication.compressed.count)
            try await source.read(publication.statement.compressed.digest, into: sink)
            #expect(sink.bytes == publication.compressed)
        }
        // Another publisher deletes the blob just before the manifest is written.
        let second = try EtcdPublications.small(11)
        let deletion = Interruption(client, path: "/v3/kv/txn") {
            try await other.deleteUnusedBlobs(keeping: 0, including: [])
        }
        try await publish(second, to: EtcdDestination(address, channel: .main, sender: deletion))
        #expect(try await other.current()?.manifest == second.manifest)
        try await expectBlob(second)
        // Another publisher uses an old blob just before it is deleted: the first transaction lists the blobs.
        let third = try EtcdPublications.make(12, Array("registry 10 ".utf8))
        let use = Interruption(client, path: "/v3/kv/txn", skipping: 1) {
            try await publish(third, to: other, keeping: 9)
        }
        let deleting = EtcdDestination(address, channel: .main, sender: use)
        try await deleting.deleteUnusedBlobs(keeping: 0, including: [])
        #expect(try await other.current()?.manifest == third.manifest)
        try await expectBlob(third)
    }

    @Test func letsOnePublisherOfTwoWin() async throws {
        let cluster = try await EtcdCluster()
        let (address, client) = (try cluster.address(), try client())
        let publishers = (0..<2).map { _ in EtcdDestination(address, channel: .main, sender: client) }
        let source = EtcdSource(address, channel: .main, sender: client)
        var last: Int64 = 0
        for round in 1...200 {
            let seen = try await publishers[0].current()
            #expect(try EtcdPublications.serial(of: seen) == (round == 1 ? nil : last))
            let serials = [last + 1, last + 2]
            let winners = try await withThrowingTaskGroup(of: Int?.self) { group in
                for index in 0..<2 {
                    // Both have the same bytes in every third round, and the loser deletes no blob of the winner.
                    let name = round.isMultiple(of: 3) ? "same \(round)" : "\(round) \(index)"
                    let publication = try EtcdPublications.make(serials[index], Array(name.utf8))
                    group.addTask {
                        do throws(DestinationProblem) {
                            try await publishers[index].publish(publication, after: seen, keeping: round % 2)
                            return index
                        } catch {
                            let winner = try #require(Serial(milliseconds: serials[1 - index]))
                            #expect(error == .overtaken(by: winner))
                            return nil
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }
            }
            let winner = try #require(winners.first)
            #expect(winners.count == 1)
            last = serials[winner]
            let now = try #require(try await publishers[0].current())
            #expect(try EtcdPublications.serial(of: now) == last)
            let statement = try Statement(payload: Envelope(now.envelope).payload)
            let sink = MemorySink(size: statement.compressed.size)
            try await source.read(statement.compressed.digest, into: sink)
            #expect(Digest.sha256(of: sink.bytes.span) == statement.compressed.digest)
        }
    }
}
