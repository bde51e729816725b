/// `label-changed`: a name or the order of a list changes, or a date becomes earlier.
enum LabelChanged: RiskRule {
    static let name = "label-changed"
    static let risk = Risk.low
    static let summary = "a name or the order of a list changes, or a date becomes earlier"
    static let explanation = """
        People see a different label; programs use ids.
        """
    static let example = RiskExample(
        .replace(RiskExample.provider, "name: GPT-4o for checkout", with: "name: GPT-4o for the checkout")
    )

    /// The reason.
    static let sentence = "programs and keys are not affected"
}
