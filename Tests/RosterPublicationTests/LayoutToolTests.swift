import Foundation
import RosterBytes
import RosterModel
import RosterTestSupport
import SealedBoxes
import Testing

@testable import RosterPublication

/// Image layouts that other tools copy.
@Suite("Image layouts and skopeo")
struct LayoutToolTests {
    @Test("skopeo copies a publication, and its copy is accepted")
    func copy() throws {
        let folder = try ScratchFolder()
        let key = try SigningPrivateKey.generate()
        let compressed = Array("compressed".utf8)
        let statement = try Publisher.statement()
        let envelope = Envelope(signing: statement.payload, with: key).bytes
        let manifest = Manifest.encode(statement, envelope: envelope, compressed: nil)
        var index = LayoutIndex()
        index.publish(manifest, channel: .main, serial: statement.serial, keeping: 10)
        for content in [compressed, envelope, Manifest.emptyConfig, manifest] {
            try folder.write("ours/blobs/sha256/" + Digest.sha256(of: content.span).hex, Data(content))
        }
        try folder.write("ours/oci-layout", Data(LayoutIndex.layoutFile))
        try folder.write("ours/index.json", Data(index.bytes))
        let tools = Tools(folder: folder.path)
        for name in ["main", "main-\(statement.serial)"] {
            try tools.tool(["skopeo", "copy", "--insecure-policy", "--quiet", "oci:ours:\(name)", "oci:theirs:\(name)"])
        }

        func read(_ name: String) throws -> [UInt8] {
            [UInt8](try Data(contentsOf: URL(filePath: folder.path + "/theirs/" + name)))
        }
        let theirs = try LayoutIndex(try read("index.json"))
        let descriptor = try #require(try theirs.manifest(of: .main))
        let copied = try read("blobs/sha256/" + descriptor.digest.hex)
        try descriptor.check(copied, "the manifest")
        let document = try Manifest(copied)
        let signed = try Envelope(try read("blobs/sha256/" + document.envelope.digest.hex))
        let accepted = try Acceptance.evaluate(signed, try Publisher.conditions([key.publicKey]))
        #expect(accepted.statement == statement && accepted.isNew)
        let layer = try document.registry(of: accepted.statement)
        try layer.check(try read("blobs/sha256/" + layer.digest.hex), "the registry")
        #expect(theirs.manifests.count == 2)
    }
}
