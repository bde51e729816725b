import Foundation
import RosterBytes
import RosterFleet
import RosterHTTPClient
import RosterModel
import RosterPublication
import RosterTestSupport
import Synchronization
import Testing

@Suite("Sources on web servers", .serialized)
struct WebSourceTests {
    private static let manifest = Array("the manifest".utf8)
    private static let other = Array("other manifest".utf8)

    /// Returns the reason why a source cannot be read.
    private func failure(_ source: WebSource) async -> SourceProblem.Reason? {
        do throws(SourceProblem) { _ = try await source.check(unconditionally: false) } catch { return error.reason }
        return nil
    }

    @Test("Reads an index with a manifest in it, or in a blob", arguments: [true, false])
    func reads(includesData: Bool) async throws {
        let fixture = try WebFixture()
        try fixture.writeIndex(Self.manifest, includesData: includesData)
        if !includesData { try fixture.writeBlob(Self.manifest) }
        let blob = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let digest = try fixture.writeBlob(blob)
        // Compression would change the entity tag, and the bytes of the blob.
        let server = try await WebServer(fixture.folder, "gzip on; gzip_types *; gzip_min_length 1;")
        let source = try WebFixture.source(server.base, client: WebFixture.client())
        #expect(source.address == "\(server.base)/")
        #expect(try await source.check(unconditionally: true) == .manifest(Self.manifest))
        #expect(try await source.check(unconditionally: false) == .same)
        #expect(try await source.check(unconditionally: true) == .manifest(Self.manifest))
        try fixture.writeIndex(Self.other, serial: 2)
        #expect(try await source.check(unconditionally: false) == .manifest(Self.other))
        let sink = MemorySink(size: blob.count)
        try await source.read(digest, into: sink)
        #expect(sink.bytes == blob)
    }

    @Test func waitsForABlobThatIsNotThereYet() async throws {
        let fixture = try WebFixture()
        try fixture.writeIndex(Self.manifest, includesData: false)
        let server = try await WebServer(fixture.folder)
        let waits = Mutex<[Duration]>([])
        let source = try WebFixture.source(server.base, client: WebFixture.client()) { wait in
            let count = waits.withLock { waits in
                waits.append(wait)
                return waits.count
            }
            if count == 5 { _ = try? fixture.writeBlob(Self.manifest) }
            return true
        }
        #expect(
            await failure(source)
                == .incomplete
        )
        #expect(waits.withLock { $0 } == [.seconds(1), .seconds(2), .seconds(4)])
        #expect(try await source.check(unconditionally: false) == .manifest(Self.manifest))
        #expect(waits.withLock { $0.count } == 5)
    }

    @Test func followsRedirectionsWithoutItsToken() async throws {
        let (fixture, storage) = (try WebFixture(), try WebFixture())
        try fixture.writeIndex(Self.manifest)
        let blob = Array("blob".utf8)
        let digest = try storage.writeBlob(blob)
        let store = try await WebServer(storage.folder, "if ($http_authorization) { return 400; }")
        let server = try await WebServer(
            fixture.folder,
            """
            if ($http_authorization != "Bearer one") { return 401; }
            location /blobs/ { return 307 \(store.base)$request_uri; }
            """
        )
        let token = fixture.folder.path + "-token"
        defer { try? FileManager.default.removeItem(atPath: token) }
        let bearer = try writeToken(token, "one\n")
        let source = try WebFixture.source(server.base, client: WebFixture.client(), bearer: bearer)
        #expect(try await source.check(unconditionally: true) == .manifest(Self.manifest))
        let sink = MemorySink(size: blob.count)
        try await source.read(digest, into: sink)
        #expect(sink.bytes == blob)
    }

    private func writeToken(_ path: String, _ text: String) throws -> BearerToken {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return BearerToken(file: path)
    }

    @Test func readsItsTokenAgainWhenItIsRefused() async throws {
        let fixture = try WebFixture()
        try fixture.writeIndex(Self.manifest)
        let server = try await WebServer(fixture.folder, "if ($http_authorization != \"Bearer two\") { return 401; }")
        let path = fixture.folder.path + "-token"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let source = try WebFixture.source(
            server.base,
            client: WebFixture.client(),
            bearer: try writeToken(path, "one")
        )
        #expect(await failure(source) == .unauthorized)
        _ = try writeToken(path, "two")
        #expect(await failure(source) == nil)
        let open = try WebFixture.source(server.base, client: WebFixture.client())
        #expect(
            await failure(open)
                == .unauthorized
        )
    }

    @Test(
        "Reports answers that are not a layout",
        arguments: [
            (
                "location /index.json { default_type text/html; return 200 '<html>Sign in</html>'; }",
                .content(.malformed)
            ),
            ("location /index.json { add_header Content-Encoding gzip; }", .content(.malformed)),
            ("location /index.json { return 404; }", .notFound),
            ("location /index.json { return 403; }", .unauthorized),
            ("location /index.json { return 503; }", .refused),
            ("location /index.json { return 302 http://169.254.169.254/latest/meta-data/; }", .refused),
            ("location /index.json { return 302 /index.json; }", .refused),
            ("location /index.json { return 302 http://192.0.2.1/; }", .refused),
            ("location /index.json { return 301 /large; } location /large { }", .content(.tooLarge)),
        ] as [(String, SourceProblem.Reason)]
    )
    func others(server directives: String, expected: SourceProblem.Reason) async throws {
        let fixture = try WebFixture()
        try fixture.writeIndex(Self.manifest)
        try fixture.write("large", Array(repeating: 0x20, count: 65_537))
        let server = try await WebServer(fixture.folder, directives)
        let source = try WebFixture.source(server.base, client: WebFixture.client())
        #expect(
            await failure(source) == expected
        )
    }

    @Test func reportsAnIndexWithoutItsChannel() async throws {
        let fixture = try WebFixture()
        try fixture.write("index.json", LayoutIndex().bytes)
        let server = try await WebServer(fixture.folder)
        let source = try WebFixture.source(server.base, client: WebFixture.client())
        #expect(
            await failure(source) == .notFound
        )
    }

    @Test func stopsABlobOfAHundredMegabytes() async throws {
        let fixture = try WebFixture()
        let path = "blobs/sha256/\(Digest.sha256(of: [UInt8]().span).hex)"
        try fixture.write(path, [])
        #expect(truncate(fixture.folder.path + "/" + path, 100_000_000) == 0)
        let server = try await WebServer(fixture.folder)
        let source = try WebFixture.source(server.base, client: WebFixture.client())
        let sink = MemorySink(size: 1000)
        await #expect(throws: SourceProblem(.content(.tooLarge), "more than 1000 bytes")) {
            try await source.read(Digest.sha256(of: [UInt8]().span), into: sink)
        }
        // The rest is not read.
        #expect(sink.bytes.count < 1_000_000)
    }

    @Test func usesItsOwnAuthorityAndCertificate() async throws {
        let (fixture, certificates) = (try WebFixture(), try TestCertificates())
        try fixture.writeIndex(Self.manifest)
        let server = try await WebServer(
            fixture.folder,
            tls: certificates,
            "ssl_client_certificate \(certificates.file("ca.pem")); ssl_verify_client on;"
        )
        let base = "https://127.0.0.1:\(server.port)"
        let source = try WebFixture.source(base, client: WebFixture.client(certificates, isKnown: true))
        #expect(try await source.check(unconditionally: true) == .manifest(Self.manifest))
        let unknown = try WebFixture.source(base, client: WebFixture.client(certificates))
        #expect(
            await failure(unknown) == .refused
        )
        let foreign = try WebFixture.source(base, client: WebFixture.client(try TestCertificates(), isKnown: true))
        #expect(await failure(foreign) == .tls)
    }

    @Test func reportsAServerThatStopped() async throws {
        let fixture = try WebFixture()
        try fixture.writeIndex(Self.manifest)
        let server = try await WebServer(fixture.folder)
        let source = try WebFixture.source(server.base, client: WebFixture.client())
        #expect(try await source.check(unconditionally: true) == .manifest(Self.manifest))
        try await server.stop()
        #expect(
            await failure(source)
                == .unreachable
        )
    }
}
