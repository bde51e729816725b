/// `label-changed`: a name changes, the order of a list, or a date to an earlier one.
enum LabelChanged: RiskRule {
    static let name = "label-changed"
    static let risk = Risk.low
    static let summary = "a name changes, the order of a list, or a date to an earlier one"
    static let explanation = """
        People see another label; programs go by ids.
        """
    static let example = RiskExample(
        .replace(RiskExample.provider, "name: GPT-4o for checkout", with: "name: GPT-4o for the checkout")
    )

    /// The reason.
    static let sentence = "nothing that programs or keys notice"
}
