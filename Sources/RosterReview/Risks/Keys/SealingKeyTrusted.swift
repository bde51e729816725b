import RosterCompiler
import RosterFrontend
import RosterSemantics

/// `sealing-key-trusted`: a sealing key is added, un-retired, or its public key changed.
enum SealingKeyTrusted: SealingKeyRisk {
    static let name = "sealing-key-trusted"
    static let risk = Risk.critical
    static let summary = "a sealing key is added, un-retired, or its public key changed"
    static let explanation = """
        The holder of the private half can open every value that is sealed later. Ask the holder, over a \
        different channel than this change, whether the id is theirs.
        """
    static let example = RiskExample(
        .append(RiskExample.roster, RuleExample.secondKey)
    )

    static func sentence(_ pair: SealingKeyPair, _ context: ReviewContext) -> String? {
        guard let after = pair.after else { return nil }
        guard let before = pair.before else { return "its holder can open everything that is sealed later" }
        if before.publicKey != after.publicKey { return "its id has a different public key" }
        return before.isRetired && !after.isRetired ? "it was retired, and is active again" : nil
    }
}
