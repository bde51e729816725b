import RosterBytes
import RosterModel
import RosterPublication
import RosterTestSupport
import SealedBoxes
import Testing

@testable import RosterFleet

/// Signed publications of a test.
enum EtcdPublications {
    /// Returns a publication of bytes that stand for a compressed registry.
    static func make(_ serial: Int64, _ compressed: [UInt8]) throws -> SignedPublication {
        let issued = Timestamp(secondsSince1970: 1_795_899_518)
        let statement = Statement(
            channel: .main,
            serial: try #require(Serial(milliseconds: serial)),
            issued: issued,
            expires: issued.adding(86_400),
            registry: .init(of: Array("{}".utf8)),
            compressed: .init(of: compressed),
            commit: nil
        )
        let envelope = Envelope(signing: statement.payload, with: try SigningPrivateKey.generate())
        return SignedPublication(statement: statement, envelope: envelope.bytes, compressed: compressed)
    }

    /// Returns a publication with a small blob that no other has.
    static func small(_ serial: Int64, _ name: String = "") throws -> SignedPublication {
        try make(serial, Array("registry \(serial) \(name)".utf8))
    }

    /// Returns the serial of a manifest of etcd.
    static func serial(of manifest: PublishedManifest?) throws -> Int64? {
        guard let manifest else { return nil }
        return try Statement(payload: Envelope(manifest.envelope).payload).serial.milliseconds
    }
}

extension SignedPublication {
    /// The manifest as a text, for comparison with collected events.
    var text: String { String(decoding: manifest, as: UTF8.self) }
}
