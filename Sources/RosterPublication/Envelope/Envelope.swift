package import RosterBytes
import RosterJSON
package import SealedBoxes

/// A signed payload: a DSSE envelope (https://github.com/secure-systems-lab/dsse, version 1) of an in-toto statement.
package struct Envelope: Hashable, Sendable {
    /// A signature of the payload.
    package struct Signature: Hashable, Sendable {
        /// The id of the key, only a hint; may be empty.
        package var keyID: String
        /// The 64 bytes of an Ed25519 signature.
        package var bytes: [UInt8]

        package init(keyID: String, bytes: [UInt8]) {
            self.keyID = keyID
            self.bytes = bytes
        }
    }

    /// The type of all payloads.
    package static let payloadType = "application/vnd.in-toto+json"
    /// The type of the envelope's own bytes.
    package static let mediaType = "application/vnd.dsse.envelope.v1+json"
    /// The maximum number of signatures.
    package static let signatureLimit = 4

    /// The signed bytes.
    package let payload: [UInt8]
    /// One to ``signatureLimit`` signatures.
    package let signatures: [Signature]

    /// Signs a payload with one key.
    package init(signing payload: [UInt8], with key: borrowing SigningPrivateKey) {
        let signature = key.sign(Self.preAuthenticationEncoding(of: payload))
        self.init(payload: payload, signatures: [Signature(keyID: key.publicKey.id, bytes: signature)])
    }

    /// Creates an envelope of one to ``signatureLimit`` signatures.
    init(payload: [UInt8], signatures: [Signature]) {
        self.payload = payload
        self.signatures = signatures
    }

    /// Parses an envelope with exactly the members of DSSE, and with canonical base64.
    package init(_ bytes: [UInt8]) throws(Refusal) {
        let value = try ObjectReader.parse(bytes, "the envelope", limit: PublicationLimits.envelope)
        let members = try ObjectReader(
            value,
            "the envelope",
            exactly: ["payload", "payloadType", "signatures"]
        )
        try members.require("payloadType", is: Self.payloadType)
        let payload = try members.base64("payload")
        guard !payload.isEmpty else { throw members.problem("payload", "is empty") }
        let elements = try members.array("signatures")
        guard !elements.isEmpty else { throw Refusal(.unsigned, "the envelope has no signature") }
        guard elements.count <= Self.signatureLimit else {
            throw members.problem(
                "signatures",
                "has \(elements.count) elements, at most \(Self.signatureLimit) are allowed"
            )
        }
        var signatures: [Signature] = []
        for (index, element) in elements.enumerated() {
            let signature = try ObjectReader(element, "signature \(index + 1)", exactly: ["keyid", "sig"])
            let bytes = try signature.base64("sig")
            guard bytes.count == SigningPublicKey.signatureByteCount else {
                throw signature.problem("sig", "has \(bytes.count) bytes, and must have 64")
            }
            signatures.append(Signature(keyID: try signature.text("keyid"), bytes: bytes))
        }
        self.init(payload: payload, signatures: signatures)
    }

    /// The envelope as compact JSON, without a line end.
    package var bytes: [UInt8] {
        var json = JSONWriter(.compact, capacity: 2048)
        json.object { json in
            json.name("payload")
            json.string(CanonicalBase64.encode(payload.span))
            json.name("payloadType")
            json.string(Self.payloadType)
            json.name("signatures")
            json.array(of: signatures) { signature, json in
                json.object { json in
                    json.name("keyid")
                    json.string(signature.keyID)
                    json.name("sig")
                    json.string(CanonicalBase64.encode(signature.bytes.span))
                }
            }
        }
        return json.bytes
    }

    /// The bytes that a signature is of.
    package var signedBytes: [UInt8] { Self.preAuthenticationEncoding(of: payload) }

    /// The SHA-256 digest of the payload.
    package var payloadDigest: Digest { Digest.sha256(of: payload.span) }

    /// Returns the PAE of DSSE, by which no payload of another type has the same bytes.
    private static func preAuthenticationEncoding(of payload: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
    }
}
