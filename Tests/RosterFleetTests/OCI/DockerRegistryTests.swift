import Foundation
import RosterBytes
import RosterHTTPClient
import RosterPublication
import RosterTestSupport
import Testing

@testable import RosterFleet

@Suite("Registries of Docker")
struct DockerRegistryTests {
    /// Writes a file of credentials and returns it.
    private func credentials(
        _ folder: ScratchFolder,
        _ registry: DockerRegistry,
        _ user: String,
        _ password: String
    ) throws -> OCICredentials {
        let auth = Data("\(user):\(password)".utf8).base64EncodedString()
        try folder.write("auth/config.json", #"{"auths":{"127.0.0.1:\#(registry.port)":{"auth":"\#(auth)"}}}"#)
        return OCICredentials(file: folder.path + "/auth/config.json", environment: [:])
    }

    private func reason(_ body: () async throws -> Void) async -> SourceProblem.Reason? {
        do {
            try await body()
            return nil
        } catch {
            switch error {
            case let problem as SourceProblem: return problem.reason
            case DestinationProblem.failed(let problem): return problem.reason
            default: return nil
            }
        }
    }

    @Test func keepPublicationsByTagSerialAndDigest() async throws {
        let registry = try await DockerRegistry(in: try ScratchFolder())
        defer { registry.stop() }
        let (source, destination) = (try registry.source(), try registry.destination())
        #expect(await reason { _ = try await source.check(unconditionally: true) } == .notFound)
        #expect(try await destination.current() == nil)

        let first = try OCIExample.publication(serial: 1_795_899_518_487)
        try await destination.publish(first, after: nil, keeping: 10)
        let seen = try await destination.current()
        #expect(seen == PublishedManifest(manifest: first.manifest, envelope: first.envelope))
        #expect(try await source.check(unconditionally: true) == .manifest(first.manifest))
        #expect(try await source.check(unconditionally: false) == .same)
        let sink = OCIBlobSink(size: first.compressed.count)
        try await source.read(first.statement.compressed.digest, into: sink)
        #expect(sink.contents == first.compressed)
        #expect(
            await reason { try await source.read(Digest(bytes: [UInt8](repeating: 1, count: 32)), into: sink) }
                == .incomplete
        )

        let second = try OCIExample.publication(serial: 1_795_899_518_488, content: "{ }")
        try await destination.publish(second, after: seen, keeping: 0)
        #expect(try await source.check(unconditionally: false) == .manifest(second.manifest))
        await #expect(throws: DestinationProblem.overtaken(by: second.statement.serial)) {
            try await destination.publish(try OCIExample.publication(serial: 1), after: seen, keeping: 0)
        }
        // This registry cannot remove a tag without the manifest, so the older publication stays.
        let digest = Digest.sha256(of: first.manifest.span).hex
        for path in [":main-1795899518487", "@sha256:" + digest] {
            let older = try registry.source(OCIExample.repository + path)
            #expect(try await older.check(unconditionally: true) == .manifest(first.manifest))
        }
    }

    @Test func refuseAManifestWhoseBlobsAreMissing() async throws {
        let registry = try await DockerRegistry(in: try ScratchFolder())
        defer { registry.stop() }
        let client = OCIClient(try registry.reference(), .push, try DockerRegistry.client(), .none, now: { .now })
        let manifest = try OCIExample.publication().manifest
        #expect(await reason { try await client.put(manifest, tag: "main") } == .refused)
    }

    @Test func acceptAPasswordThatIsReplaced() async throws {
        let folder = try ScratchFolder()
        // bcrypt of `pass:word`.
        try folder.write("htpasswd", "me:$2b$05$abcdefghijklmnopqrstuuDIEddBSuRWBBEY6g5zv60IAP5bSSfki\n")
        let auth = "auth:\n  htpasswd: {realm: a realm, path: \(folder.path)/htpasswd}"
        let registry = try await DockerRegistry(in: folder, auth: auth)
        defer { registry.stop() }
        #expect(await reason { _ = try await registry.source().check(unconditionally: true) } == .unauthorized)
        let destination = try registry.destination(
            OCIExample.repository,
            try credentials(folder, registry, "me", "wrong")
        )
        #expect(await reason { _ = try await destination.current() } == .unauthorized)
        let credentials = try credentials(folder, registry, "me", "pass:word")
        let publication = try OCIExample.publication()
        try await destination.publish(publication, after: nil, keeping: 10)
        let source = try registry.source(OCIExample.repository, credentials)
        #expect(try await source.check(unconditionally: true) == .manifest(publication.manifest))
    }

    @Test func acceptTokensOfATokenServer() async throws {
        let folder = try ScratchFolder()
        let server = try await TokenServer(in: folder)
        let registry = try await DockerRegistry(in: folder, auth: server.configuration(folder))
        defer { registry.stop() }
        let publication = try OCIExample.publication()
        let anonymous = try registry.destination()
        #expect(await reason { try await anonymous.publish(publication, after: nil, keeping: 10) } == .unauthorized)
        let wrong = try registry.destination(OCIExample.repository, try credentials(folder, registry, "publisher", "x"))
        #expect(await reason { _ = try await wrong.current() } == .unauthorized)
        let credentials = try credentials(folder, registry, "publisher", "pw")
        let destination = try registry.destination(OCIExample.repository, credentials)
        try await destination.publish(publication, after: try await destination.current(), keeping: 10)

        let before = server.targets.count
        let source = try registry.source()
        #expect(try await source.check(unconditionally: true) == .manifest(publication.manifest))
        #expect(try await source.check(unconditionally: false) == .same)
        let expected = "/token?service=the%20registry&scope=repository%3Aacme%2Fllm-registry%3Apull"
        #expect(server.targets.dropFirst(before) == [expected])
        try await server.stop()
    }

    @Test func areTrustedByTheirOwnRootCertificate() async throws {
        let certificates = try TestCertificates()
        let (certificate, key) = (certificates.file("server.pem"), certificates.file("key.pem"))
        let tls = "  tls: {certificate: \(certificate), key: \(key)}"
        let registry = try await DockerRegistry(in: try ScratchFolder(), tls: tls)
        defer { registry.stop() }
        let reference = try registry.reference(OCIExample.repository, .always)
        func source(_ roots: String?) throws -> OCISource {
            OCISource(
                reference,
                sender: try DockerRegistry.client(roots: roots),
                credentials: .none,
                interval: .seconds(15)
            )
        }
        let trusted = try source(certificates.file("ca.pem"))
        #expect(await reason { _ = try await trusted.check(unconditionally: true) } == .notFound)
        #expect(await reason { _ = try await source(nil).check(unconditionally: true) } == .tls)
        // Without TLS, the registry answers with 400.
        #expect(await reason { _ = try await registry.source().check(unconditionally: true) } == .refused)
    }

    @Test func exchangePublicationsWithSkopeo() async throws {
        let folder = try ScratchFolder()
        let registry = try await DockerRegistry(in: folder)
        defer { registry.stop() }
        let publication = try OCIExample.publication()
        try await registry.destination().publish(publication, after: nil, keeping: 10)
        let tools = Tools(folder: folder.path, environment: ["HOME": folder.path, "XDG_RUNTIME_DIR": folder.path])
        let from = "docker://127.0.0.1:\(registry.port)/\(OCIExample.repository):main"
        try tools.tool(["skopeo", "--insecure-policy", "copy", "--src-tls-verify=false", from, "oci:layout:main"])
        let to = "docker://127.0.0.1:\(registry.port)/copy:main"
        try tools.tool(["skopeo", "--insecure-policy", "copy", "--dest-tls-verify=false", "oci:layout:main", to])
        let copy = try registry.source("copy")
        #expect(try await copy.check(unconditionally: true) == .manifest(publication.manifest))
        let sink = OCIBlobSink(size: publication.compressed.count)
        try await copy.read(publication.statement.compressed.digest, into: sink)
        #expect(sink.contents == publication.compressed)
        let raw = try tools.tool(["skopeo", "inspect", "--raw", "--tls-verify=false", to])
        #expect(Array(raw.output.utf8) == publication.manifest)
    }

    @Test func endARaceWithTheNewerOfTwoPublications() async throws {
        let registry = try await DockerRegistry(in: try ScratchFolder())
        defer { registry.stop() }
        for round in 1...5 {
            let meeting = Meeting(2)
            let publications = try [2, 1].map { try OCIExample.publication(serial: Int64(round * 10 + $0)) }
            let seen = try await registry.destination().current()
            let problems = try await withThrowingTaskGroup { group in
                for publication in publications {
                    group.addTask {
                        let destination = try OCIDestination(
                            try registry.reference(),
                            sender: try DockerRegistry.client(),
                            credentials: .none,
                            schedule: Schedule(
                                sleep: { _ in
                                    await meeting.arrive()
                                    return true
                                },
                                random: { 0 }
                            )
                        )
                        var problem: DestinationProblem?
                        do throws(DestinationProblem) {
                            try await destination.publish(publication, after: seen, keeping: 100)
                        } catch { problem = error }
                        await meeting.leave()
                        return (publication.statement.serial, problem)
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            let newest = publications[0]
            let current = try await registry.destination().current()
            if problems[newest.statement.serial] == .overtaken(by: publications[1].statement.serial) {
                // It had not written the tag yet.
                #expect(current?.envelope == publications[1].envelope)
            } else {
                #expect(problems[newest.statement.serial] == nil)
                #expect(current?.envelope == newest.envelope)
            }
        }
    }

    /// A point at which tasks wait until all that still run are there.
    private actor Meeting {
        private var count: Int
        private var waiting: [CheckedContinuation<Void, Never>] = []

        init(_ count: Int) { self.count = count }

        func arrive() async {
            await withCheckedContinuation { continuation in
                waiting.append(continuation)
                release()
            }
        }

        func leave() {
            count -= 1
            release()
        }

        private func release() {
            guard waiting.count >= count else { return }
            for continuation in waiting { continuation.resume() }
            waiting = []
        }
    }
}
