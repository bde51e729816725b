import RosterFrontend
import SealedBoxes
import Testing

@testable import RosterSemantics

@Suite("The rules about sealing keys")
struct SealingKeyRuleTests {
    private static let paste = "paste the public key that roster key generate prints"

    /// Returns a repository with lines of sealing keys and, optionally, a secret.
    private static func repository(_ keys: String, hasSecret: Bool = false) async throws -> TestRepository {
        var texts = ["roster.yaml": Sample.roster(keys: keys), "providers/acme/p.yaml": Sample.provider(1)]
        if hasSecret {
            texts["providers/acme/p.yaml"] = Sample.provider(1, secret: "s")
            texts["secrets/acme/s.yaml"] = Sample.secret(1)
        }
        return try await TestRepository(texts)
    }

    private static func entry(id: String, publicKey: String) -> String {
        "  - id: \(id)\n    publicKey: \"\(publicKey)\"\n    name: Key\n"
    }

    // MARK: - invalid-public-key

    @Test(arguments: [
        ("not base64!", "the public key is not canonical base64"),
        // Spare bits that are not zero.
        ("AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=", "the public key is not canonical base64"),
        // No padding.
        ("AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "the public key is not canonical base64"),
        ("AgAA", "the public key has 3 bytes; it must have 32"),
        ("AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "the public key has 33 bytes; it must have 32"),
        (
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "the public key is a point of low order: anyone could open what is sealed to it"
        ),
        (
            "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "the public key is a point of low order: anyone could open what is sealed to it"
        ),
        // 2^255 − 19, a second name for 0, and a key with its highest bit set.
        ("7f///////////////////////////////////////38=", "the public key is not in canonical form"),
        ("AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIA=", "the public key is not in canonical form"),
    ])
    func reportsAnInvalidPublicKey(_ publicKey: String, _ message: String) async throws {
        let keys = Self.entry(id: Sample.keyID(1), publicKey: publicKey) + Sample.key(2)
        let test = try await Self.repository(keys)
        let finding = try test.finding(of: InvalidPublicKey.self)
        #expect(test.place(finding.place) == "roster.yaml:6: \"\(publicKey)\"")
        #expect(finding.message == message)
        #expect(finding.help == Self.paste)
        // The id of a key that cannot be read is not compared with it.
        #expect(test.findings.count == 1, "\(test.report)")
    }

    @Test(arguments: 1...8)
    func acceptsAPublicKey(number: Int) async throws {
        let test = try await Self.repository(Sample.key(number))
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    // MARK: - key-id-mismatch

    @Test func reportsTheIDOfAnotherPublicKey() async throws {
        let key = try #require(Sample.publicKey(3)?.base64)
        let test = try await Self.repository(Sample.key(1) + Self.entry(id: Sample.keyID(2), publicKey: key))
        let finding = try test.finding(of: KeyIDMismatch.self)
        #expect(test.place(finding.place) == "roster.yaml:8: \(Sample.keyID(2))")
        #expect(finding.message == "\(Sample.keyID(2)) is not the id of this public key")
        #expect(
            finding.help == "the id of this public key is \(Sample.keyID(3)); find out who changed one of the two"
        )
        #expect(finding.related.map { $0.message } == ["the public key"])
        #expect(finding.related.map { test.place($0.place) } == ["roster.yaml:9: \"\(key)\""])
        #expect(test.findings.count == 1)
    }

    // MARK: - no-active-key

    @Test func reportsSecretsWithRetiredKeysOnly() async throws {
        let keys = Sample.key(1, isRetired: true) + Sample.key(2, isRetired: true)
        let test = try await Self.repository(keys, hasSecret: true)
        let finding = try test.finding(of: NoActiveKey.self)
        #expect(test.place(finding.place) == "roster.yaml:4: sealingKeys")
        #expect(finding.message == "there are secrets, and every sealing key is retired")
        // Without an active key, nothing is reported at the secrets.
        #expect(test.findings.count == 1, "\(test.report)")
    }

    @Test func reportsSecretsWithoutAKey() async throws {
        let test = try await Self.repository("", hasSecret: true)
        let finding = try test.finding(of: NoActiveKey.self)
        #expect(test.place(finding.place) == "roster.yaml:1: roster")
        #expect(finding.message == "there are secrets and no sealing key")
        #expect(finding.help == "make a key and re-seal: roster key generate, then roster secret reseal --all")
    }

    @Test func acceptsRetiredKeysWithoutASecret() async throws {
        #expect(try await Self.repository(Sample.key(1, isRetired: true)).findings.isEmpty)
        #expect(try await Self.repository("").findings.isEmpty)
    }

    @Test(arguments: ["  - id: rk_1\n", "  - 5\n", "  acme: 5\n"])
    func ignoresKeysThatCouldNotBeRead(_ entry: String) async throws {
        let retired = entry.hasPrefix("  -") ? Sample.key(1, isRetired: true) : ""
        let test = try await Self.repository(retired + entry, hasSecret: true)
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    @Test func acceptsOneActiveKey() async throws {
        let test = try await Self.repository(Sample.key(2, isRetired: true) + Sample.key(1), hasSecret: true)
        #expect(test.findings.isEmpty, "\(test.report)")
    }
}
