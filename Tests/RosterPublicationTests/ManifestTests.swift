import RosterBytes
import RosterJSON
import RosterModel
import RosterTestSupport
import SealedBoxes
import Testing

@testable import RosterPublication

@Suite("Manifests and indexes")
struct ManifestTests {
    private static func publication() throws -> (statement: Statement, envelope: [UInt8], manifest: String) {
        let statement = try Publisher.statement()
        let envelope = Envelope(signing: statement.payload, with: try SigningPrivateKey.generate()).bytes
        return (
            statement, envelope,
            String(decoding: Manifest.encode(statement, envelope: envelope, compressed: nil), as: UTF8.self)
        )
    }

    @Test("A manifest has the members of the image specification")
    func document() throws {
        let (statement, envelope, manifest) = try Self.publication()
        let empty = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        #expect(
            manifest == """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                "artifactType":"application/vnd.roster.registry.v1",\
                "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"sha256:\(empty)","size":2,"data":"e30="},\
                "layers":[{"mediaType":"application/vnd.roster.registry.v1+json+gzip",\
                "digest":"sha256:\(statement.compressed.digest.hex)","size":10,\
                "annotations":{"org.opencontainers.image.title":"registry.json.gz"}},\
                {"mediaType":"application/vnd.dsse.envelope.v1+json",\
                "digest":"sha256:\(Digest.sha256(of: envelope.span).hex)","size":\(envelope.count),\
                "data":"\(CanonicalBase64.encode(envelope.span))",\
                "annotations":{"org.opencontainers.image.title":"registry.json.dsse"}}],\
                "annotations":{"org.opencontainers.image.created":"2026-11-28T20:58:38Z",\
                "org.opencontainers.image.revision":"\(String(repeating: "a1", count: 20))"}}
                """
        )
        let read = try Manifest(Array(manifest.utf8))
        #expect(read.envelope.data == envelope)
        #expect(try read.registry(of: statement).digest == statement.compressed.digest)
    }

    @Test("A manifest includes a registry of at most 8 KiB, and an index a manifest of at most 4 KiB")
    func inclusion() throws {
        for (count, isIncluded) in [(10, true), (8192, true), (8193, false)] {
            let compressed = [UInt8](repeating: 7, count: count)
            var statement = try Publisher.statement()
            statement.compressed = Statement.Content(of: compressed)
            let bytes = Manifest.encode(statement, envelope: [1, 2, 3], compressed: compressed)
            #expect(try Manifest(bytes).registry(of: statement).data == (isIncluded ? compressed : nil))
        }
        for (count, isIncluded) in [(4096, true), (4097, false)] {
            let manifest = [UInt8](repeating: 0x20, count: count)
            var index = LayoutIndex()
            index.publish(manifest, channel: .main, serial: try #require(Serial(milliseconds: 1)), keeping: 0)
            #expect(try index.manifest(of: .main)?.data == (isIncluded ? manifest : nil))
        }
    }

    @Test("The order of layers, annotations and members of tools are not trusted")
    func tolerance() throws {
        let (statement, envelope, _) = try Self.publication()
        let text = """
            {"schemaVersion": 2, "artifactType": "application/vnd.roster.registry.v1", "subject": null, "tool": {"a": 1},
             "layers": [
               {"mediaType": "application/vnd.dsse.envelope.v1+json", "size": \(envelope.count), "urls": [],
                "digest": "sha256:\(Digest.sha256(of: envelope.span).hex)",
                "annotations": {"org.opencontainers.image.title": "registry.json.gz"}},
               {"mediaType": "application/octet-stream", "size": 3, "digest": "sha256:\(Digest.sha256(of: [1, 2, 3].span).hex)"},
               {"mediaType": "application/octet-stream", "size": 10, "digest": "sha256:\(statement.compressed.digest.hex)"}]}
            """
        let manifest = try Manifest(Array(text.utf8))
        #expect(manifest.layers.count == 3 && manifest.envelope.data == nil)
        try manifest.envelope.check(envelope, "the envelope")
        #expect(refusal { try manifest.envelope.check(envelope + [0], "the envelope") }?.reason == .digestMismatch)
        #expect(refusal { try manifest.envelope.check(envelope.reversed(), "the envelope") }?.reason == .digestMismatch)
        #expect(try manifest.registry(of: statement) == manifest.layers[2])
        var other = statement
        other.compressed.size = 11
        #expect(
            refusal { _ = try manifest.registry(of: other) }?.message
                == "the layer has 10 bytes, and the statement names 11"
        )
        other.compressed.digest = .sha256(of: [4].span)
        #expect(refusal { _ = try manifest.registry(of: other) }?.reason == .digestMismatch)
    }

    @Test("A manifest that is not a publication's is refused with a message that describes the problem")
    func malformed() throws {
        let (_, envelope, manifest) = try Self.publication()
        let data = "\"data\":\"" + CanonicalBase64.encode(envelope.span)
        let cases: [(String, String, Refusal.Reason, String)] = [
            ("\"schemaVersion\":2", "\"schemaVersion\":3", .malformed, "\"schemaVersion\" of the manifest is not 2"),
            (
                "\"schemaVersion\":2", "\"schemaVersion\":1", .malformed,
                "\"schemaVersion\" of the manifest is not a whole number from 2 to 9007199254740991"
            ),
            (
                "image.manifest", "image.index", .malformed,
                "\"mediaType\" of the manifest is not \"application/vnd.oci.image.manifest.v1+json\""
            ),
            (
                "vnd.roster.registry.v1\"", "vnd.other\"", .malformed,
                "\"artifactType\" of the manifest is not \"application/vnd.roster.registry.v1\""
            ),
            ("vnd.dsse.envelope", "vnd.other", .unsigned, "the manifest has 0 envelopes, and must have one"),
            (
                "vnd.roster.registry.v1+json+gzip", "vnd.dsse.envelope.v1+json", .unsigned,
                "the manifest has 2 envelopes, and must have one"
            ),
            ("\"layers\":[", "\"layers\":[1,", .malformed, "layer 1 of the manifest is not an object"),
            (
                "\"layers\":[", "\"layers\":[{\"digest\":\"md5:1\"},", .malformed,
                "\"digest\" of layer 1 of the manifest is not \"sha256:\" and 64 lower-case hexadecimal digits"
            ),
            (
                data, "\"data\":\"e30=", .digestMismatch,
                "layer 2 of the manifest has 2 bytes, and must have \(envelope.count)"
            ),
            (data, "\"data\":\"e30", .malformed, "\"data\" of layer 2 of the manifest is not canonical base64"),
            (
                "\"size\":\(envelope.count),\(data)", "\"size\":16385,\"x\":\"", .tooLarge,
                "the envelope has 16385 bytes, and at most 16384 are allowed"
            ),
            (
                "\"registry.json.gz\"", "1", .malformed,
                "\"annotations\" of layer 1 of the manifest has a value that is not a text"
            ),
        ]
        for (part, replacement, reason, message) in cases {
            let problem = refusal { _ = try Manifest(try replace(manifest, part, replacement)) }
            #expect(problem == Refusal(reason, message))
        }
        let long = Array(manifest.utf8) + [UInt8](repeating: 0x20, count: 64 * 1024)
        #expect(refusal { _ = try Manifest(long) }?.reason == .tooLarge)
    }

    @Test("An index keeps a number of older publications, and what other tools wrote")
    func index() throws {
        let foreign = """
            {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:\(String(repeating: "0", count: 64))",\
            "size":7,"platform":{"os":"linux"},"annotations":{"org.opencontainers.image.ref.name":"main-x"}}
            """
        var index = try LayoutIndex(Array("{\"schemaVersion\":2,\"manifests\":[\(foreign)]}".utf8))
        #expect(try index.manifest(of: .main) == nil)
        let other = try #require(Channel("main-2"))
        for number in 1...5 {
            let serial = try #require(Serial(milliseconds: Int64(number)))
            index.publish([UInt8(number)], channel: .main, serial: serial, keeping: 2)
            index.publish([UInt8(100 + number)], channel: other, serial: serial, keeping: 0)
            index = try LayoutIndex(index.bytes)
        }
        let names = index.manifests.compactMap { $0.annotations["org.opencontainers.image.ref.name"] }
        #expect(names == ["main-2", "main", "main-x", "main-3", "main-4", "main-5", "main-2-5"])
        #expect(try index.manifest(of: .main)?.data == [5] && index.manifest(of: other)?.data == [105])
        #expect(String(decoding: index.bytes, as: UTF8.self).contains(foreign))
        #expect(try LayoutIndex(index.bytes).bytes == index.bytes)
    }

    @Test("An index with two manifests of one channel is refused")
    func ambiguousIndex() throws {
        var index = LayoutIndex()
        index.publish([1], channel: .main, serial: try #require(Serial(milliseconds: 1)), keeping: 1)
        let text = String(decoding: index.bytes, as: UTF8.self)
        let twice = try LayoutIndex(try replace(text, "\"main-1\"", "\"main\""))
        #expect(
            refusal { _ = try twice.manifest(of: .main) }?.message == "the index has 2 manifests with the name \"main\""
        )
        let wrong = try replace(text, "image.index", "image.manifest")
        #expect(refusal { _ = try LayoutIndex(wrong) }?.reason == .malformed)
    }
}
