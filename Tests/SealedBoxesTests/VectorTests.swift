import Foundation
import RosterBytes
import Testing

@testable import SealedBoxes

/// Boxes that another implementation made, in `Tests/Fixtures/sealing.json`.
@Suite("Boxes made elsewhere")
struct VectorTests {
    struct Vectors: Decodable {
        var keys: [Key]
        var good: [Secret]
        var bad: [Secret]
    }

    struct Key: Decodable {
        var id: String
        var publicKey: String
        var identity: String
    }

    struct Secret: Decodable {
        var name: String
        var secretId: String
        var projectId: String
        var generation: String
        var allowedHosts: [String]
        var fingerprint: String
        var salt: String?
        var value: String?
        var payload: String?
        var boxes: [Box]

        var claims: SecretClaims? {
            UInt64(generation).map {
                SecretClaims(secretID: secretId, projectID: projectId, generation: $0, allowedHosts: allowedHosts)
            }
        }

        /// The boxes as the compiler would take them; nil when it would refuse one.
        var sealedBoxes: [SealedBox]? {
            let boxes = boxes.compactMap { box in
                CanonicalBase64.decode(Array(box.box.utf8).span).map { SealedBox(key: box.key, bytes: $0) }
            }
            return boxes.count == self.boxes.count ? boxes : nil
        }
    }

    struct Box: Decodable {
        var key: String
        var box: String
    }

    static let vectors: Vectors = {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/sealing.json")
        let empty = Vectors(keys: [], good: [], bad: [])
        return (try? JSONDecoder().decode(Vectors.self, from: Data(contentsOf: url))) ?? empty
    }()

    @Test("All of them are there")
    func counts() {
        #expect(Self.vectors.keys.count == 3)
        #expect(Self.vectors.good.count == 10)
        #expect(Self.vectors.bad.count == 45)
    }

    @Test("An identity gives the public key and the id of its key", arguments: 0..<3)
    func identities(index: Int) throws {
        let key = Self.vectors.keys[index]
        let identity = try Self.identity(key)
        let (id, publicKey) = (identity.publicKey.id, identity.publicKey.base64)
        #expect(id == key.id)
        #expect(publicKey == key.publicKey)
    }

    @Test("Every good box opens to its value, with the identity of any of its keys", arguments: 0..<10)
    func good(index: Int) throws {
        let secret = Self.vectors.good[index]
        let claims = try #require(secret.claims)
        let boxes = try #require(secret.sealedBoxes)
        let expected = try #require(secret.value.flatMap { Data(base64Encoded: $0) })
        var opened = 0
        for key in Self.vectors.keys where boxes.contains(where: { $0.key == key.id }) {
            var ring = IdentityRing()
            ring.add(try Self.identity(key))
            var opener = try SecretOpener()
            let result = try opener.open(claims, fingerprint: secret.fingerprint, boxes: boxes, with: ring)
            let isEqual = result.value.withBytes { $0.elementsEqual(expected) }
            let hosts = result.allowedHosts
            #expect(isEqual, "\(secret.name)")
            #expect(hosts == secret.allowedHosts)
            opened += 1
        }
        #expect(opened == boxes.count)
    }

    @Test("The payload that we write is the one that they wrote", arguments: 0..<10)
    func payloads(index: Int) throws {
        let secret = Self.vectors.good[index]
        let claims = try #require(secret.claims)
        let salt = try #require(secret.salt.flatMap { Data(base64Encoded: $0) })
        let value = try #require(secret.value.flatMap { Data(base64Encoded: $0) })
        let expected = try #require(secret.payload.flatMap { Data(base64Encoded: $0) })
        let secretSalt = try SecretBytes(holding: salt)
        let secretValue = try SecretBytes(holding: value)
        let padded = try secretSalt.withBytes { salt in
            try secretValue.withBytes { value in try SecretPayload.encode(claims, salt: salt, value: value) }
        }
        let (isPrefix, count) = padded.withBytes { ($0.starts(with: expected), $0.count) }
        #expect(isPrefix)
        #expect(count.isMultiple(of: 256) && count > expected.count && count - expected.count <= 256)
    }

    @Test("Every bad one is refused, cryptographic failures by one and the same error", arguments: 0..<45)
    func bad(index: Int) throws {
        let secret = Self.vectors.bad[index]
        // What the format itself refuses never comes to be opened.
        guard let claims = secret.claims, let boxes = secret.sealedBoxes else {
            #expect(secret.name.hasPrefix("base64"), "\(secret.name)")
            return
        }
        for key in Self.vectors.keys {
            var ring = IdentityRing()
            ring.add(try Self.identity(key))
            var opener = try SecretOpener()
            do {
                try opener.verify(claims, fingerprint: secret.fingerprint, boxes: boxes, with: ring)
                Issue.record("\(secret.name) opened")
            } catch {
                if boxes.contains(where: { $0.key == key.id }) {
                    #expect(error == .doesNotOpen, "\(secret.name)")
                } else {
                    #expect(error == .noIdentity(keys: boxes.map(\.key)))
                }
            }
        }
    }

    static func identity(_ key: Key) throws -> Identity { try identity(text: key.identity) }

    static func identity(text: String) throws -> Identity {
        try Identity(text: SecretBytes(holding: text.utf8))
    }
}

extension SecretBytes {
    /// Bytes that a test knows anyway.
    init(holding bytes: some Collection<UInt8>) throws {
        try self.init(zeroes: bytes.count)
        withMutableBytes { $0.copyBytes(from: bytes) }
    }
}
