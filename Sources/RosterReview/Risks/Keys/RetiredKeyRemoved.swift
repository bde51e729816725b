import RosterCompiler
import RosterFrontend
import RosterSemantics

/// `retired-key-removed`: a retired sealing key is removed.
enum RetiredKeyRemoved: SealingKeyRisk {
    static let name = "retired-key-removed"
    static let risk = Risk.low
    static let summary = "a retired sealing key is removed"
    static let explanation = """
        No values were sealed to it any more.
        """
    static let example = RiskExample(
        given: [.append(RiskExample.roster, RuleExample.secondKey + "    retired: true\n")],
        .replace(RiskExample.roster, RuleExample.secondKey + "    retired: true\n", with: "")
    )

    static func sentence(_ pair: SealingKeyPair, _ context: ReviewContext) -> String? {
        guard let before = pair.before, pair.after == nil, before.isRetired else { return nil }
        return "nothing was sealed to it any more"
    }
}
