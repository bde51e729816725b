@testable import RosterPublication
import SealedBoxes

/// The documents of a publication are refused, or mean the same after they are written and read again.
enum PublicationCheck {
    /// The first byte selects the document.
    static func check(_ input: [UInt8]) throws {
        let bytes = Array(input.dropFirst())
        switch input.first {
        case UInt8(ascii: "e"): try checkEnvelope(bytes)
        case UInt8(ascii: "s"): try checkStatement(bytes)
        case UInt8(ascii: "m"): try checkManifest(bytes)
        case UInt8(ascii: "i"): try checkIndex(bytes)
        case UInt8(ascii: "t"): try checkTrustedKeys(bytes)
        default: return
        }
    }

    private static func checkEnvelope(_ bytes: [UInt8]) throws {
        guard let envelope = try? Envelope(bytes) else { return }
        let written = envelope.bytes
        // Escapes that are written in another way may make a document longer than the limit.
        if written.count <= PublicationLimits.envelope {
            try require(try Envelope(written) == envelope, "the envelope changes when it is written")
        }
        try require((1...4).contains(envelope.signatures.count), "another number of signatures")
        if (try? Statement(payload: envelope.payload)) != nil { try checkStatement(envelope.payload) }
    }

    private static func checkStatement(_ bytes: [UInt8]) throws {
        guard let statement = try? Statement(payload: bytes) else { return }
        try require(try Statement(payload: statement.payload) == statement, "the statement changes when it is written")
    }

    private static func checkManifest(_ bytes: [UInt8]) throws {
        guard let manifest = try? Manifest(bytes) else { return }
        guard let data = manifest.envelope.data else { return }
        try manifest.envelope.check(data, "the envelope")
        try checkEnvelope(data)
    }

    private static func checkIndex(_ bytes: [UInt8]) throws {
        guard let index = try? LayoutIndex(bytes) else { return }
        let written = index.bytes
        guard written.count <= PublicationLimits.manifest else { return }
        try require(try LayoutIndex(written).manifests == index.manifests, "the index changes when it is written")
        _ = try? index.manifest(of: .main)
    }

    private static func checkTrustedKeys(_ bytes: [UInt8]) throws {
        guard let trusted = try? TrustedKeys(pem: bytes) else { return }
        let text = trusted.keys.map(\.pem).joined()
        try require(try TrustedKeys(pem: Array(text.utf8)) == trusted, "the keys change when they are written")
    }
}
