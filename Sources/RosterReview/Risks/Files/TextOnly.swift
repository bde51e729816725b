/// `text-only`: comments, order or formatting change, and nothing that is read.
enum TextOnly: RiskRule {
    static let name = "text-only"
    static let risk = Risk.low
    static let summary = "comments, order or formatting change, and nothing that is read"
    static let explanation = """
        The registry is the same. Comments may still tell people something that is not so.
        """
    static let example = RiskExample(
        .append(RiskExample.provider, "# asked for by the checkout team\n")
    )

    /// The reason.
    static let sentence = "comments, order or formatting only"
}
