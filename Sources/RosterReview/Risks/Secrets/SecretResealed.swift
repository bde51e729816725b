import RosterCompiler
import RosterSemantics

/// `secret-resealed`: boxes are replaced under an unchanged fingerprint.
enum SecretResealed: SecretRisk {
    static let name = "secret-resealed"
    static let risk = Risk.medium
    static let summary = "boxes are replaced under an unchanged fingerprint"
    static let explanation = """
        According to the file, the same key is sealed to other recipients, or sealed again. Only the holder of \
        an identity can verify that: roster secret verify. Compare the recipients with the sealing keys that you \
        know.
        """
    static let example = RiskExample(
        .replace(RiskExample.secret, "BBBB", with: "DDDD")
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, before.record.fingerprint == after.record.fingerprint,
            Set(before.record.boxes) != Set(after.record.boxes)
        else { return nil }
        return "it is sealed again, with the same key as it claims: roster secret verify"
    }
}
