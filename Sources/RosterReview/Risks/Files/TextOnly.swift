/// `text-only`: only comments, order or formatting change.
enum TextOnly: RiskRule {
    static let name = "text-only"
    static let risk = Risk.low
    static let summary = "only comments, order or formatting change"
    static let explanation = """
        The registry is the same. Comments can still mislead people.
        """
    static let example = RiskExample(
        .append(RiskExample.provider, "# asked for by the checkout team\n")
    )

    /// The reason.
    static let sentence = "comments, order or formatting only"
}
