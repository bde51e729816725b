import RosterBytes
import SealedBoxes
import Testing

@testable import RosterPublication

@Suite("Trusted keys")
struct TrustedKeysTests {
    private static func block(_ label: String, _ body: String) -> String {
        "-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----\n"
    }

    @Test("The keys of a file are read with comments between them, each once")
    func file() throws {
        let keys = try (0..<3).map { _ in try SigningPrivateKey.generate().publicKey }
        let text =
            "# the key of CI\n\(keys[0].pem)\nnext:\r\n" + keys[1].pem.replacing("\n", with: "\r\n") + keys[0].pem
            + keys[2].pem
        #expect(try TrustedKeys(pem: Array(text.utf8)).keys == keys)
    }

    @Test("A file that is not a list of public keys is refused with a message that describes the problem")
    func problems() throws {
        let key = try SigningPrivateKey.generate().publicKey
        let identity = Array(key.der.prefix(12)) + [1] + [UInt8](repeating: 0, count: 31)
        let lowOrder = CanonicalBase64.encode(identity.span)
        let exchange = Array(key.der.prefix(8)) + [0x6E] + Array(key.der.dropFirst(9))
        let x25519 = CanonicalBase64.encode(exchange.span)
        let cases: [(String, String)] = [
            ("", "the file has no line \"-----BEGIN PUBLIC KEY-----\""),
            (
                key.pem + Self.block("CERTIFICATE", "AAAA"),
                "line 4: the PEM block is \"CERTIFICATE\", and must be \"PUBLIC KEY\""
            ),
            (
                Self.block("PRIVATE KEY", "AAAA"),
                "line 1: the PEM block is \"PRIVATE KEY\", and must be \"PUBLIC KEY\"; private keys do not belong here"
            ),
            (Self.block("PUBLIC KEY", "AA*A"), "line 1: the PEM block is not canonical base64"),
            (Self.block("PUBLIC KEY", x25519), "line 1: the key is of the kind X25519, and must be Ed25519"),
            (Self.block("PUBLIC KEY", lowOrder), "line 1: the bytes are not a valid Ed25519 public key"),
            (Self.block("PUBLIC KEY", "AAAA"), "line 1: the key is not an Ed25519 public key in the form of RFC 8410"),
            (String(repeating: key.pem, count: 17), "the file has 17 keys, and at most 16 are allowed"),
            ("\n" + key.pem.replacing("-----END", with: "END"), "line 2: the block has no END line"),
            (String(repeating: "#", count: 65_537), "the file has more than 65536 bytes"),
        ]
        for (text, message) in cases {
            let problem = #expect(throws: TrustedKeys.Problem.self) { try TrustedKeys(pem: Array(text.utf8)) }
            #expect(problem?.description == message)
        }
    }

    @Test("One of several signatures suffices, and a wrong key id is only a hint")
    func signers() throws {
        let keys = [try SigningPrivateKey.generate().publicKey, try SigningPrivateKey.generate().publicKey]
        let signing = try SigningPrivateKey.generate()
        let payload = Array("payload".utf8)
        let signed = Envelope(signing: payload, with: signing)
        let own = signed.signatures[0]
        func envelope(_ signatures: [Envelope.Signature]) -> Envelope {
            Envelope(payload: payload, signatures: signatures)
        }
        let trusted = try #require(TrustedKeys(keys + [signing.publicKey]))
        let wrong = Envelope.Signature(keyID: keys[0].id, bytes: [UInt8](repeating: 7, count: 64))
        #expect(try trusted.signer(of: envelope([wrong, own])) == signing.publicKey)
        for hint in ["", "other", signing.publicKey.id] {
            let hinted = Envelope.Signature(keyID: hint, bytes: own.bytes)
            #expect(try trusted.signer(of: envelope([hinted])) == signing.publicKey)
        }
        let misnamed = Envelope.Signature(keyID: keys[1].id, bytes: own.bytes)
        #expect(refusal { _ = try trusted.signer(of: envelope([misnamed])) }?.reason == .unsigned)
        let others = try #require(TrustedKeys(keys))
        #expect(refusal { _ = try others.signer(of: signed) }?.reason == .untrustedKey)
        #expect(TrustedKeys([]) == nil && TrustedKeys(Array(repeating: keys[0], count: 17)) == nil)
    }
}
