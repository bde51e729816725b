/// `unreadable-record`: a file that changed has errors, so that not all of it can be compared.
enum UnreadableRecord: RiskRule {
    static let name = "unreadable-record"
    static let risk = Risk.high
    static let summary = "a file that changed has errors, so that not all of it can be compared"
    static let explanation = """
        The effect of such a change is unknown, so it is not treated as harmless. The same applies to a file or \
        folder with an invalid name. If roster.yaml cannot be read at all on one side, keys and access cannot be \
        compared, and the risk is critical. roster check reports the errors.
        """
    static let example = RiskExample(
        .replace(RiskExample.provider, "name: GPT-4o for checkout", with: "name: \"GPT-4o for checkout")
    )

    /// The reason for a record that is compared in part.
    static let inPart = "the file has errors in the head, and is compared only in part"

    /// Returns the reason for a path without a record.
    static func sentence(error: String) -> String { "it has an error and is not compared: \(error)" }

    /// Returns the reason for a record that cannot be read on at least one side.
    static func sentence(isInBase: Bool, isInHead: Bool) -> String {
        switch (isInBase, isInHead) {
        case (true, true): "it cannot be read on either side"
        case (true, false): "it cannot be read in the base"
        default: "it cannot be read in the head"
        }
    }

    /// Returns the reason for a `roster.yaml` that cannot be read at all on at least one side.
    ///
    /// It is as critical as a removed one: a change that breaks it and another that repairs it could add any key.
    static func rosterReason(isInBase: Bool, isInHead: Bool) -> Change.Reason {
        let sentence = sentence(isInBase: isInBase, isInHead: isInHead)
        var reason = reason(sentence + ", so keys and access cannot be compared")
        reason.risk = .critical
        return reason
    }
}
