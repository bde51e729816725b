import RosterCompiler
import RosterSemantics

/// `rotation-postponed`: rotateBy becomes later, or is removed.
enum RotationPostponed: SecretRisk {
    static let name = "rotation-postponed"
    static let risk = Risk.medium
    static let summary = "rotateBy becomes later, or is removed"
    static let explanation = """
        The warning to replace the key comes later, or never.
        """
    static let example = RiskExample(
        given: [.replace(RiskExample.secret, "boxes:", with: "rotateBy: 2027-02-01\nboxes:")],
        .replace(RiskExample.secret, "2027-02-01", with: "2028-02-01")
    )

    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, let was = before.record.rotateBy else { return nil }
        guard let now = after.record.rotateBy else { return "there is no date any more by which to replace the key" }
        return was < now ? "the key need not be replaced before \(now)" : nil
    }
}
