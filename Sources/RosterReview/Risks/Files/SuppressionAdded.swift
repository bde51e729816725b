/// `suppression-added`: a suppression is added.
enum SuppressionAdded: RiskRule {
    static let name = "suppression-added"
    static let risk = Risk.medium
    static let summary = "a suppression is added"
    static let explanation = """
        A warning is no longer reported at its position. Read the reason in the comment.
        """
    static let example = RiskExample(
        .replace(
            RiskExample.secret,
            "id: sec_",
            with: "# roster:allow unused-secret kept for the next quarter\nid: sec_"
        )
    )

    private static let nameLimit = 8

    /// Returns the reason if the head has more suppressions than the base.
    static func sentence(_ rules: [String]) -> String? {
        guard !rules.isEmpty else { return nil }
        let rest = rules.count > nameLimit ? " and \(rules.count - nameLimit) more" : ""
        return "a comment silences \(rules.prefix(nameLimit).joined(separator: ", "))\(rest)"
    }
}
