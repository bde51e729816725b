import Foundation
import RosterModel
import RosterPublication
import RosterTestSupport
import SealedBoxes
import Testing

@testable import RosterFleet

/// Compares the follower with a reference on a random walk of publications, clocks, keys, blobs and restarts.
@Suite("Following publications, model-checked")
struct FollowerWalkTests {
    private static let steps = 10_000

    @Test func agreesWithReferenceOnRandomWalk() async throws {
        var random = SeededGenerator()
        let walk = try await Walk()
        for step in 0..<Self.steps {
            let event = try await walk.step(&random)
            try await walk.compare("step \(step): \(event)")
        }
        // A walk that accepts or refuses nothing would prove nothing.
        #expect(walk.accepted > Self.steps / 50, "\(walk.accepted)")
    }
}

private final class Walk {
    private let fleet: TestFleet
    private let keys: [TestKey]
    private let registries: [TestRegistry]
    private var reference: FollowerReference
    private var signed: [(WalkPublication, SignedPublication)] = []
    /// The manifests by the positions of their sources.
    private var manifests: [Int: [UInt8]] = [:]
    /// The number of publications that were accepted.
    private(set) var accepted = 0

    init() async throws {
        keys = [try TestKey(), try TestKey()]
        registries = [try await TestRegistry(0), try await TestRegistry(1), try await TestRegistry(2)]
        fleet = try TestFleet(sources: 3, key: keys[0])
        fleet.refusedRegistry = registries[FollowerReference.refusedContent].content.registry.digest
        reference = FollowerReference(clock: fleet.now, sources: 3)
        for registry in registries { setBlob(registry, isReadable: true) }
    }

    private func setBlob(_ registry: TestRegistry, isReadable: Bool) {
        let blob = registry.content.compressed
        for source in fleet.sources {
            source.set(isReadable ? blob : Array(blob.dropLast()) + [0xFF], for: Statement.Content(of: blob).digest)
        }
    }

    /// Does something at random, lets both settle, and returns what it did.
    func step(_ random: inout SeededGenerator) async throws -> String {
        let event: String
        switch Int.random(in: 0..<100, using: &random) {
        case ..<55: event = try await offer(&random)
        case ..<70:
            fleet.now += Int64.random(in: -300_000...1_500_000, using: &random)
            reference.clock = fleet.now
            event = "clock \(fleet.now)"
        case ..<80:
            let content = Int.random(in: 0..<3, using: &random)
            let isReadable = reference.readable.symmetricDifference([content]).contains(content)
            reference.readable.formSymmetricDifference([content])
            setBlob(registries[content], isReadable: isReadable)
            event = "blob \(content) \(isReadable)"
        case ..<90:
            let trusted: Set<Int> = [[0], [1], [0, 1]].randomElement(using: &random) ?? [0]
            try fleet.folder.write("trust.pem", trusted.sorted().map { keys[$0].publicKey.pem }.joined())
            reference.trust(trusted)
            event = "trust \(trusted)"
        default:
            event = "restart"
            try await restart()
        }
        let before = reference.served
        // All waits end, and the clock and the trust are checked.
        try await fleet.tick(30)
        reference.settle()
        if reference.served != before { accepted += 1 }
        return event
    }

    private func restart() async throws {
        try fleet.restart()
        try await fleet.settle()
        reference.restart()
        for (position, manifest) in manifests { _ = await fleet.follower.note(.manifest(manifest), from: position) }
    }

    private func offer(_ random: inout SeededGenerator) async throws -> String {
        let position = Int.random(in: 0..<3, using: &random)
        if signed.isEmpty || Int.random(in: 0..<5, using: &random) > 0 { signed.insert(try sign(&random), at: 0) }
        signed = Array(signed.prefix(40))
        let index = Int.random(in: 0..<5, using: &random) > 0 ? 0 : Int.random(in: 0..<signed.count, using: &random)
        let (publication, bytes) = signed[index]
        reference.offer(publication, at: position)
        manifests[position] = bytes.manifest
        _ = await fleet.follower.note(.manifest(bytes.manifest), from: position)
        return "offer \(publication) at \(position)"
    }

    private func sign(_ random: inout SeededGenerator) throws -> (WalkPublication, SignedPublication) {
        var serial = fleet.now + Int64.random(in: -100_000...330_000, using: &random)
        if Int.random(in: 0..<6, using: &random) == 0, let known = signed.randomElement(using: &random) {
            serial = known.0.serial
        }
        let issued = (Bool.random(using: &random) ? serial : fleet.now) / 1000
        let publication = WalkPublication(
            serial: serial,
            issued: issued,
            expires: issued + ([0, 400, 3000, 100_000].randomElement(using: &random) ?? 0),
            content: Int.random(in: 0..<3, using: &random),
            key: Int.random(in: 0..<2, using: &random),
            isOtherChannel: Int.random(in: 0..<20, using: &random) == 0,
            isMalformed: Int.random(in: 0..<20, using: &random) == 0
        )
        var bytes = try fleet.sign(
            registries[publication.content],
            serial: serial,
            issued: issued * 1000,
            validity: publication.expires - issued,
            channel: publication.isOtherChannel ? try #require(Channel("other")) : .main,
            with: keys[publication.key]
        )
        if publication.isMalformed { bytes.manifest[bytes.manifest.count / 2] ^= 1 }
        return (publication, bytes)
    }

    /// Requires that both serve the same, and remember the same.
    func compare(_ event: String) async throws {
        let served = await fleet.follower.served
        let expected = reference.served
        try #require(served?.serial.milliseconds == expected?.serial, "\(event) \(reference)")
        try #require(served?.expires.secondsSince1970 == expected?.expires, "\(event)")
        let content = expected.map { registries[$0.content].content.registry }
        try #require(served?.registry == content, "\(event)")
        let ratchet = await fleet.ratchet()
        try #require(ratchet == reference.newest?.serial, "\(event)")
    }
}
