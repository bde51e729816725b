import RosterCompiler
import RosterFrontend
import RosterSemantics

/// `sealing-key-retired`: a sealing key is retired or removed.
enum SealingKeyRetired: SealingKeyRisk {
    static let name = "sealing-key-retired"
    static let risk = Risk.high
    static let summary = "a sealing key is retired or removed"
    static let explanation = """
        Nothing new is sealed to it, and secrets that are sealed only to it no longer compile. It still opens \
        the boxes that it could open before: key retire lists the keys to rotate.
        """
    static let example = RiskExample(
        given: [
            .append(RiskExample.roster, RuleExample.secondKey), .append(RiskExample.secret, RuleExample.secondBox),
        ],
        .append(RiskExample.roster, "    retired: true\n")
    )

    static func sentence(_ pair: SealingKeyPair, _ context: ReviewContext) -> String? {
        guard let before = pair.before, !before.isRetired else { return nil }
        guard let after = pair.after else { return "nothing is sealed to it any more" }
        return after.isRetired ? "nothing new is sealed to it" : nil
    }
}
