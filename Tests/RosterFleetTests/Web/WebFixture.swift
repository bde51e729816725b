import Foundation
import RosterBytes
import RosterFleet
import RosterHTTPClient
import RosterModel
import RosterPublication
import RosterTestSupport
import Testing

/// An image layout in a folder, and clients for it.
struct WebFixture: Sendable {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    static func client(_ certificates: TestCertificates? = nil, isKnown: Bool = false) throws -> HTTPClient {
        var configuration = try HTTPClientConfiguration { _ in nil }
        if let certificates {
            configuration.rootsFile = certificates.file("ca.pem")
            if isKnown {
                configuration.identity = ClientIdentity(
                    certificateFile: certificates.file("client.pem"),
                    keyFile: certificates.file("key.pem")
                )
            }
        }
        return HTTPClient(configuration)
    }

    static func source(
        _ base: String,
        client: some HTTPSender,
        bearer: BearerToken? = nil,
        sleep: @escaping @Sendable (Duration) async -> Bool = { _ in true }
    ) throws -> WebSource {
        WebSource(
            base: try BaseURL(base),
            channel: .main,
            interval: .seconds(15),
            sender: client,
            bearer: bearer,
            schedule: Schedule(sleep: sleep, random: { 0.5 })
        )
    }

    func write(_ path: String, _ bytes: [UInt8]) throws {
        let url = URL(fileURLWithPath: folder.path).appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url, options: .atomic)
    }

    /// Writes a blob, and returns its digest.
    @discardableResult
    func writeBlob(_ bytes: [UInt8]) throws -> Digest {
        let digest = Digest.sha256(of: bytes.span)
        try write("blobs/sha256/\(digest.hex)", bytes)
        return digest
    }

    /// Writes an index with a manifest, which was modified an hour ago.
    func writeIndex(_ manifest: [UInt8], serial: Int64 = 1, includesData: Bool = true) throws {
        var index = LayoutIndex()
        index.publish(manifest, channel: .main, serial: try #require(Serial(milliseconds: serial)), keeping: 3)
        let text = String(decoding: index.bytes, as: UTF8.self)
        let data = ",\"data\":\"\(CanonicalBase64.encode(manifest.span))\""
        try write("index.json", Array((includesData ? text : text.replacing(data, with: "")).utf8))
        // Not in this second, in which its entity tag does not count; later publications are newer.
        let date = Date(timeIntervalSinceNow: -3600 + Double(serial))
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: folder.path + "/index.json")
    }
}
