/// `suppression-added`: a suppression is added.
enum SuppressionAdded: RiskRule {
    static let name = "suppression-added"
    static let risk = Risk.medium
    static let summary = "a suppression is added"
    static let explanation = """
        A warning is silenced where it stands from then on. Read the reason that the comment gives.
        """
    static let example = RiskExample(
        .replace(
            RiskExample.secret,
            "id: sec_",
            with: "# roster:allow unused-secret kept for the next quarter\nid: sec_"
        )
    )

    private static let nameLimit = 8

    /// The reason, when the head silences rules more often than the base.
    static func sentence(_ rules: [String]) -> String? {
        guard !rules.isEmpty else { return nil }
        let rest = rules.count > nameLimit ? " and \(rules.count - nameLimit) more" : ""
        return "a comment silences \(rules.prefix(nameLimit).joined(separator: ", "))\(rest)"
    }
}
