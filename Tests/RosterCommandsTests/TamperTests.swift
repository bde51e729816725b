import Foundation
import RosterEditing
import RosterModel
import RosterSources
import SealedBoxes
import Testing

@testable import RosterCommands
@testable import RosterCompiler
@testable import RosterSemantics

/// Secret files that were modified without an identity.
@Suite("Tampering")
struct TamperTests {
    private static let project = "proj_V1StGXR8Z5jdHi6B"
    private static let roster = """
        roster: 1
        projects:
          acme:
            id: proj_V1StGXR8Z5jdHi6B
            name: Acme
          other:
            id: proj_W2TuHYS9A6keIj7C
            name: Other
        sealingKeys:

        """

    @Test("A bit flip is rejected, or changes only fields that the box does not authenticate")
    func everyBit() async throws {
        let (ring, key) = try Self.identity()
        let claims = SecretClaims(
            secretID: "sec_J8sPq2LmN4tRvX6z",
            projectID: Self.project,
            generation: 3,
            allowedHosts: ["api.openai.com", "eu.api.openai.com"]
        )
        let file = try await Self.seal("sk-value", claims, name: "OpenAI", to: key)
        let whole = try await Self.secret(in: file, key: key)
        let original = try #require(whole)
        #expect(Self.opens(original, with: ring))
        var (refused, unbound) = (0, 0)
        for offset in file.indices {
            for bit in 0..<8 {
                var changed = file
                changed[offset] ^= 1 << bit
                guard let secret = try await Self.secret(in: changed, key: key) else {
                    refused += 1
                    continue
                }
                guard Self.opens(secret, with: ring) else {
                    refused += 1
                    continue
                }
                var same = secret
                (same.name, same.rotateBy) = (original.name, original.rotateBy)
                #expect(same == original, "byte \(offset), bit \(bit) changed what is bound, and it opened")
                unbound += 1
            }
        }
        #expect(refused + unbound == file.count * 8)
        #expect(refused > file.count * 6)
    }

    @Test("Authenticated fields cannot be swapped between secrets")
    func swaps() async throws {
        let (ring, key) = try Self.identity()
        var secrets: [PartialRegistry.Outline.Secret] = []
        for number in 0..<20 {
            let project = number.isMultiple(of: 2) ? Self.project : "proj_W2TuHYS9A6keIj7C"
            let claims = SecretClaims(
                secretID: "sec_\(String(repeating: Character(UnicodeScalar(UInt8(65 + number))), count: 16))",
                projectID: project,
                generation: UInt64(number + 1),
                allowedHosts: ["host\(number).example.com"]
            )
            let value = try SecretValue(input: Self.secretBytes("value \(number).".utf8))
            let sealed = try SecretSealer.seal(value, claims, to: [key])
            secrets.append(
                PartialRegistry.Outline.Secret(
                    project: "acme",
                    projectID: project,
                    handle: "s\(number)",
                    id: claims.secretID,
                    name: "n",
                    allowedHosts: try claims.allowedHosts.map { try AllowedHost($0) },
                    generation: Int64(number + 1),
                    fingerprint: try #require(Fingerprint(sealed.fingerprint)),
                    rotateBy: nil,
                    boxes: try sealed.boxes.map { .init(key: try #require(SealingKeyID($0.key)), box: $0.base64) },
                    path: ""
                )
            )
        }
        #expect(secrets.allSatisfy { Self.opens($0, with: ring) })
        var count = 0
        for one in secrets {
            for other in secrets where other.id != one.id {
                for field in 0..<6 {
                    var mixed = one
                    switch field {
                    case 0: mixed.id = other.id
                    case 1: mixed.projectID = other.projectID
                    case 2: mixed.generation = other.generation
                    case 3: mixed.allowedHosts = other.allowedHosts
                    case 4: mixed.fingerprint = other.fingerprint
                    default: mixed.boxes = other.boxes
                    }
                    guard mixed != one else { continue }
                    count += 1
                    #expect(!Self.opens(mixed, with: ring), "field \(field) of \(other.handle) served \(one.handle)")
                }
            }
        }
        #expect(count == 20 * 19 * 5 + 20 * 10)
    }

    private static func secretBytes(_ bytes: some Collection<UInt8>) throws -> SecretBytes {
        var result = try SecretBytes(zeroes: bytes.count)
        result.withMutableBytes { $0.copyBytes(from: bytes) }
        return result
    }

    private static func identity() throws -> (IdentityRingBox, SealingPublicKey) {
        let identity = try Identity.generate()
        let key = identity.publicKey
        let box = IdentityRingBox()
        box.ring.add(identity)
        return (box, key)
    }

    private static func seal(
        _ value: String,
        _ claims: SecretClaims,
        name: String,
        to key: SealingPublicKey
    ) async throws -> [UInt8] {
        let sealed = try SecretSealer.seal(try SecretValue(input: secretBytes(value.utf8)), claims, to: [key])
        let contents = SecretDocument.Contents(
            name: name,
            allowedHosts: claims.allowedHosts,
            generation: Int64(claims.generation),
            fingerprint: sealed.fingerprint,
            rotateBy: "2027-02-01",
            boxes: sealed.boxes.map { .init(key: $0.key, box: $0.base64) }
        )
        return SecretDocument.make(id: claims.secretID, contents)
    }

    /// Returns the secret as commands read it; nil if `check` reports an error.
    private static func secret(in file: [UInt8], key: SealingPublicKey) async throws -> PartialRegistry.Outline.Secret?
    {
        let keys = "  - id: \(key.id)\n    publicKey: \(key.base64)\n    name: k\n"
        let tree = MemoryTree([
            ("roster.yaml", Array((roster + keys).utf8)), ("secrets/acme/openai-prod.yaml", file),
        ])
        let checked = try await Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_000))).analyze(tree)
        return checked.hasErrors ? nil : checked.outline.secrets.first
    }

    private static func opens(_ secret: PartialRegistry.Outline.Secret, with box: IdentityRingBox) -> Bool {
        guard var opener = try? SecretOpener() else { return false }
        do {
            try opener.verify(
                secret.claims,
                fingerprint: secret.fingerprint.description,
                boxes: secret.sealedBoxes,
                with: box.ring
            )
            return true
        } catch { return false }
    }
}

/// A reference to an identity ring.
private final class IdentityRingBox {
    var ring = IdentityRing()
}
