import Foundation
import RosterBytes
import RosterTestSupport
import Testing

@testable import SealedBoxes

/// Returns the bytes of hexadecimal digits.
private func bytes(_ hex: String) throws -> [UInt8] {
    let bytes = LowerHex.decode(Array(hex.utf8).span)
    return try #require(bytes)
}

/// Returns the private key of a PEM text.
private func privateKey(_ pem: String) throws -> SigningPrivateKey {
    var text = try SecretBytes(zeroes: pem.utf8.count)
    text.withMutableBytes { $0.copyBytes(from: pem.utf8) }
    return try SigningPrivateKey(pem: text)
}

/// Returns a PEM text with a block.
private func pem(_ label: String, _ body: [UInt8]) -> String {
    "-----BEGIN \(label)-----\n\(CanonicalBase64.encode(body.span))\n-----END \(label)-----\n"
}

@Suite("Signing keys")
struct SigningKeyTests {
    private static let privatePrefix = "302e020100300506032b657004220420"
    /// The first two tests of RFC 8032, section 7.1: seed, public key, message, signature.
    private static let vectors = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ]

    @Test("Signatures are those of RFC 8032", arguments: 0..<2)
    func vectors(index: Int) throws {
        let (seed, publicHex, message, signature) = Self.vectors[index]
        let key = try privateKey(pem("PRIVATE KEY", try bytes(Self.privatePrefix + seed)))
        #expect(LowerHex.encode(key.publicKey.bytes.span) == publicHex)
        #expect(LowerHex.encode(key.sign(try bytes(message)).span) == signature)
        #expect(key.publicKey.isValid(try bytes(signature), of: try bytes(message)))
        #expect(try SigningPublicKey(der: key.publicKey.der) == key.publicKey)
    }

    @Test("A signature with one flipped bit, of another message or of another length is invalid")
    func invalidSignatures() throws {
        let key = try SigningPrivateKey.generate()
        let other = try SigningPrivateKey.generate()
        let message = Array("message".utf8)
        let signature = key.sign(message)
        #expect(key.publicKey.isValid(signature, of: message))
        #expect(!other.publicKey.isValid(signature, of: message))
        #expect(!key.publicKey.isValid(signature, of: message + [0]))
        #expect(!key.publicKey.isValid(Array(signature.dropLast()), of: message))
        #expect(!key.publicKey.isValid(signature + [0], of: message))
        for bit in 0..<512 {
            var changed = signature
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(!key.publicKey.isValid(changed, of: message))
        }
    }

    @Test("Keys that are not canonical, not on the curve or of small order are refused")
    func invalidPoints() throws {
        let refused = [
            // The points of small order, and two of them in an encoding that is not canonical.
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            // No point has this coordinate.
            "0200000000000000000000000000000000000000000000000000000000000000",
        ]
        for point in refused {
            #expect(throws: SigningPublicKey.Problem.invalidPoint) { try SigningPublicKey(bytes: try bytes(point)) }
        }
        #expect(throws: SigningPublicKey.Problem.length(31)) {
            try SigningPublicKey(bytes: [UInt8](repeating: 9, count: 31))
        }
    }

    @Test("The PEM text of a private key reads back as the same key")
    func pemRoundTrip() throws {
        let key = try SigningPrivateKey.generate()
        let text = try key.withPEM { String(decoding: $0, as: UTF8.self) }
        #expect(try privateKey(text).publicKey == key.publicKey)
        #expect(
            try privateKey("a comment\n" + text.replacingOccurrences(of: "\n", with: "\r\n")).publicKey == key.publicKey
        )
    }

    @Test("Other private keys are refused, and the message names their kind")
    func refusedPrivateKeys() throws {
        let plain = try bytes(Self.privatePrefix + Self.vectors[0].0)
        let second = try bytes("3051020101300506032b657004220420" + Self.vectors[0].0 + "812100" + Self.vectors[0].1)
        let cases: [(String, String)] = [
            ("", "the text has no line \"-----BEGIN PRIVATE KEY-----\""),
            (pem("PRIVATE KEY", plain) + pem("PRIVATE KEY", plain), "the text has 2 PEM blocks, and must have one"),
            (
                pem("ENCRYPTED PRIVATE KEY", plain),
                "the private key is encrypted with a passphrase, which is not supported"
            ),
            (pem("EC PRIVATE KEY", plain), "the PEM block is \"EC PRIVATE KEY\", and must be \"PRIVATE KEY\""),
            (
                pem("PRIVATE KEY", second),
                "the key has the form of version 2 of PKCS#8, and must have the plain form of version 1"
            ),
            (
                pem("PRIVATE KEY", Array(plain.dropLast())),
                "the key is not an Ed25519 private key in the form of RFC 8410"
            ),
            (pem("PRIVATE KEY", plain + [0]), "the key is not an Ed25519 private key in the form of RFC 8410"),
            (pem("PRIVATE KEY", []), "the key is not an Ed25519 private key in the form of RFC 8410"),
            (
                pem("PRIVATE KEY", plain).replacingOccurrences(of: "MC4C", with: "MC4C*"),
                "the PEM block is not canonical base64"
            ),
            ("-----BEGIN PRIVATE KEY-----\nMC4C\n", "line 1: the block has no END line"),
            ("x\n-----END PRIVATE KEY-----\n", "line 2: no block \"PRIVATE KEY\" begins before this END line"),
            (
                "-----BEGIN PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----\n",
                "line 2: the preceding block has no END line"
            ),
        ]
        for (text, message) in cases {
            let problem = #expect(throws: SigningPrivateKey.Problem.self) { _ = try privateKey(text) }
            #expect(problem?.description == message)
        }
    }

    @Test("Every truncated or changed DER encoding of a public key is refused or reads back as it is")
    func damagedPublicKeys() throws {
        let der = try SigningPrivateKey.generate().publicKey.der
        for count in 0..<der.count {
            #expect(throws: SigningPublicKey.Problem.self) { try SigningPublicKey(der: Array(der[..<count])) }
        }
        var random = SeededGenerator()
        for _ in 0..<500 {
            var changed = der
            changed[Int(random.next() % UInt64(der.count))] ^= UInt8(truncatingIfNeeded: random.next() | 1)
            if let key = try? SigningPublicKey(der: changed) { #expect(key.der == changed) }
        }
    }
}

/// Keys and signatures that Roster and OpenSSL exchange.
@Suite("Signing keys and OpenSSL")
struct SigningKeyOpenSSLTests {
    @Test("OpenSSL's keys and signatures are read, and it reads Roster's")
    func openSSL() throws {
        let folder = try ScratchFolder()
        let tools = Tools(folder: folder.path)
        func read(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: folder.path + "/" + name)) }
        try tools.tool(["openssl", "genpkey", "-algorithm", "ed25519", "-out", "theirs.pem"])
        try tools.tool(["openssl", "pkey", "-in", "theirs.pem", "-pubout", "-out", "theirs.pub"])
        let theirs = String(decoding: try read("theirs.pem"), as: UTF8.self)
        let key = try privateKey(theirs)
        #expect(try key.withPEM { String(decoding: $0, as: UTF8.self) } == theirs)
        #expect(try Data(key.publicKey.pem.utf8) == read("theirs.pub"))

        let message = Array("DSSEv1 5 words 3 abc".utf8)
        try folder.write("message", Data(message))
        try tools.tool([
            "openssl", "pkeyutl", "-sign", "-rawin", "-inkey", "theirs.pem", "-in", "message", "-out", "sig",
        ])
        let signature = Array(try read("sig"))
        #expect(key.publicKey.isValid(signature, of: message) && key.sign(message) == signature)

        let ours = try SigningPrivateKey.generate()
        try folder.write("ours.pub", ours.publicKey.pem)
        try folder.write("ours.sig", Data(ours.sign(message)))
        let verify = ["pkeyutl", "-verify", "-rawin", "-pubin", "-in", "message", "-inkey", "ours.pub", "-sigfile"]
        #expect(try tools.start("openssl", verify + ["ours.sig"]).exitCode == 0)
        #expect(try tools.start("openssl", verify + ["sig"]).exitCode != 0)
    }

    @Test(
        "A key of another kind is refused by its name",
        arguments: [
            (["ed448"], "Ed448"), (["x25519"], "X25519"), (["RSA", "-pkeyopt", "rsa_keygen_bits:1024"], "RSA"),
            (["EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "elliptic curve (ECDSA)"),
        ]
    )
    func otherKinds(options: [String], name: String) throws {
        let folder = try ScratchFolder()
        let tools = Tools(folder: folder.path)
        let text = try tools.tool(["openssl", "genpkey", "-algorithm"] + options).output
        #expect(throws: SigningPrivateKey.Problem.algorithm(name)) { _ = try privateKey(text) }
        let publicText = try tools.tool(["openssl", "pkey", "-pubout"], input: Data(text.utf8)).output
        let body = publicText.split(separator: "\n").dropFirst().dropLast().joined()
        let decoded = CanonicalBase64.decode(Array(body.utf8).span)
        let der = try #require(decoded)
        #expect(throws: SigningPublicKey.Problem.algorithm(name)) { try SigningPublicKey(der: der) }
    }
}
