/// `unreadable-record`: a file that changed has errors, so that not all of it can be compared.
enum UnreadableRecord: RiskRule {
    static let name = "unreadable-record"
    static let risk = Risk.high
    static let summary = "a file that changed has errors, so that not all of it can be compared"
    static let explanation = """
        What such a change means cannot be told, so it does not pass as harmless. The same holds for a file or folder \
        whose name is not read. When nothing of roster.yaml can be read on one side, keys and access cannot be compared, \
        and the risk is critical. roster check reports what is wrong with it.
        """
    static let example = RiskExample(
        .replace(RiskExample.provider, "name: GPT-4o for checkout", with: "name: \"GPT-4o for checkout")
    )

    /// The reason for a record of which only a part is compared.
    static let inPart = "the file has errors in the head, and what cannot be read of it is not compared"

    /// The reason for a path that holds no record.
    static func sentence(error: String) -> String { "it has an error and is not compared: \(error)" }

    /// The reason for a record that cannot be read on one side at least.
    static func sentence(isInBase: Bool, isInHead: Bool) -> String {
        switch (isInBase, isInHead) {
        case (true, true): "it cannot be read on either side"
        case (true, false): "it cannot be read in the base"
        default: "it cannot be read in the head"
        }
    }

    /// Returns the reason for a `roster.yaml` of which nothing can be read on one side at least.
    ///
    /// It is as critical as one that is removed: a change that breaks it and another that repairs it could add any key.
    static func rosterReason(isInBase: Bool, isInHead: Bool) -> Change.Reason {
        let sentence = sentence(isInBase: isInBase, isInHead: isInHead)
        var reason = reason(sentence + ", so keys and access cannot be compared")
        reason.risk = .critical
        return reason
    }
}
