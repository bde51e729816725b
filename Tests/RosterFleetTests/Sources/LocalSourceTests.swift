import Foundation
import RosterBytes
import RosterModel
import RosterPublication
import RosterTestSupport
import Testing

@testable import RosterFleet

@Suite("Sources of local files")
struct LocalSourceTests {
    /// A schedule whose waits end only with the task, so that only changes of files cause reads.
    private static let watchOnly = Schedule(
        sleep: { duration in
            if duration < .seconds(1) { return true }
            return (try? await Task.sleep(for: .seconds(3600))) != nil
        },
        random: { 0.5 }
    )

    private let folder: ScratchFolder
    private let key: TestKey

    init() throws {
        folder = try ScratchFolder()
        key = try TestKey()
    }

    private func publication(_ number: Int) async throws -> (SignedPublication, TestRegistry) {
        let claims = PublicationSigner.Claims(
            channel: .main,
            serial: try #require(Serial(milliseconds: Int64(number) * 1000)),
            issued: Timestamp(secondsSince1970: 1_795_899_518),
            validity: 86_400
        )
        let registry = try await TestRegistry(number)
        return (PublicationSigner.sign(registry.content, claims, with: key.key), registry)
    }

    /// Reads events until one is of a manifest.
    private func expect(
        _ expected: [UInt8],
        in events: inout AsyncStream<SourceEvent>.Iterator
    ) async {
        while let event = await events.next(isolation: #isolation) {
            if case .manifest(let manifest) = event, manifest == expected { return }
        }
        Issue.record("the events ended")
    }

    @Test(.timeLimit(.minutes(1))) func folderReportsEachPublication() async throws {
        let path = folder.path + "/out"
        let destination = FolderDestination(path: path, address: "dir:out", channel: .main)
        let source = FolderSource(path: path, address: "dir:out", channel: .main)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        var events = source.events(Self.watchOnly).makeAsyncIterator()
        guard case .failed(let problem) = await events.next() else {
            Issue.record("an empty folder has no publication")
            return
        }
        #expect(problem.reason == .notFound)
        for number in 1...3 {
            let (publication, _) = try await publication(number)
            try await destination.publish(publication, after: try await destination.current(), keeping: 1)
            await expect(publication.manifest, in: &events)
        }
    }

    @Test func folderReportsBlobsThatAreNotThereYet() async throws {
        let path = folder.path + "/out"
        let (publication, _) = try await publication(1)
        try await FolderDestination(path: path, address: "dir:out", channel: .main)
            .publish(publication, after: nil, keeping: 1)
        let digest = publication.statement.compressed.digest
        try FileManager.default.removeItem(atPath: path + "/blobs/sha256/" + digest.hex)
        let source = FolderSource(path: path, address: "dir:out", channel: .main)
        await #expect(throws: SourceProblem(.incomplete, "the registry is not there yet")) {
            _ = try await PublishedContent.compressed(of: publication.statement, from: source)
        }
    }

    @Test func folderOpensNoPipes() async throws {
        let path = folder.path + "/out"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(mkfifo(path + "/index.json", 0o600) == 0)
        let source = FolderSource(path: path, address: "dir:out", channel: .main)
        await #expect(throws: SourceProblem.self) { _ = try await PublishedContent.manifest(of: source) }
    }

    private func write(_ publication: SignedPublication, _ registry: TestRegistry, to name: String) throws {
        try folder.write(name + "/registry.json", Data(registry.bytes))
        try folder.write(name + "/registry.json.dsse", Data(publication.envelope))
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["kubelet", "git-sync", "renames"])
    func sidecarFollowsSwaps(layout: String) async throws {
        let files = FileManager.default
        let path = folder.path
        let (first, firstRegistry) = try await publication(1)
        let (second, secondRegistry) = try await publication(2)
        let served: String
        switch layout {
        case "kubelet":
            // ..data is a link to a folder, and the files are links through it.
            try write(first, firstRegistry, to: "..one")
            try write(second, secondRegistry, to: "..two")
            try files.createSymbolicLink(atPath: path + "/..data", withDestinationPath: "..one")
            for name in ["registry.json", "registry.json.dsse"] {
                try files.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: "..data/" + name)
            }
            served = path + "/registry.json"
        case "git-sync":
            // The link is two folders above the file.
            try write(first, firstRegistry, to: ".worktrees/one/dist")
            try write(second, secondRegistry, to: ".worktrees/two/dist")
            try files.createSymbolicLink(atPath: path + "/current", withDestinationPath: ".worktrees/one")
            served = path + "/current/dist/registry.json"
        default:
            try write(first, firstRegistry, to: "live")
            try write(second, secondRegistry, to: "next")
            served = path + "/live/registry.json"
        }
        let source = SidecarSource(path: served, address: "registry.json")
        var events = source.events(Self.watchOnly).makeAsyncIterator()
        await expect(first.sidecarManifest, in: &events)
        switch layout {
        case "kubelet":
            try files.createSymbolicLink(atPath: path + "/..data_tmp", withDestinationPath: "..two")
            #expect(rename(path + "/..data_tmp", path + "/..data") == 0)
        case "git-sync":
            try files.createSymbolicLink(atPath: path + "/current.tmp", withDestinationPath: ".worktrees/two")
            #expect(rename(path + "/current.tmp", path + "/current") == 0)
        default:
            for name in ["registry.json", "registry.json.dsse"] {
                #expect(rename(path + "/next/" + name, path + "/live/" + name) == 0)
            }
        }
        await expect(second.sidecarManifest, in: &events)
    }

    @Test(.timeLimit(.minutes(1))) func sidecarOfOtherRegistryIsIncompleteForAWhile() async throws {
        let (publication, registry) = try await publication(1)
        try write(publication, registry, to: "live")
        try folder.write("live/registry.json", "{}")
        let (seconds, start) = (TestTime(0), ContinuousClock.now)
        let source = SidecarSource(path: folder.path + "/live/registry.json", address: "registry.json") {
            start + .seconds(seconds.value)
        }
        var events = source.events(Self.watchOnly).makeAsyncIterator()
        guard case .failed(let problem) = await events.next() else {
            Issue.record("the difference is not a failure")
            return
        }
        #expect(problem.reason == .incomplete)
        seconds.value = 9
        func replaceRegistry() throws {
            try folder.write("next", "[]")
            #expect(rename(folder.path + "/next", folder.path + "/live/registry.json") == 0)
        }
        // It is another difference, whose time begins again; one change can be several events.
        try replaceRegistry()
        var manifest: [UInt8]?
        while manifest == nil, let event = await events.next() {
            switch event {
            case .manifest(let bytes): manifest = bytes
            case .failed:
                seconds.value += 1
                try replaceRegistry()
            case .same: break
            }
        }
        #expect(seconds.value >= 19)
        #expect(try Manifest(try #require(manifest)).otherRegistry?.digest == Digest.sha256(of: Array("[]".utf8).span))
        try folder.write("live/registry.json", Data(registry.bytes))
        await expect(publication.sidecarManifest, in: &events)
    }

    @Test func followerServesSidecarAndRemembersItsSerial() async throws {
        let (publication, registry) = try await publication(1)
        try write(publication, registry, to: "live")
        let source = SidecarSource(path: folder.path + "/live/registry.json", address: "registry.json")
        let manifest = try await PublishedContent.manifest(of: source)
        #expect(manifest == publication.sidecarManifest)
        let blob = CandidateBlob(size: registry.bytes.count)
        try await source.read(publication.statement.registry.digest, into: blob)
        #expect(try blob.bytes(of: publication.statement.registry.digest) == registry.bytes)
    }
}

extension SignedPublication {
    /// The manifest of two files, which does not include the compressed registry: they have only the registry itself.
    fileprivate var sidecarManifest: [UInt8] { Manifest.encode(statement, envelope: envelope, compressed: nil) }
}
