/// `unreadable-record`: a file that changed has errors, so that not all of it can be compared.
enum UnreadableRecord: RiskRule {
    static let name = "unreadable-record"
    static let risk = Risk.high
    static let summary = "a file that changed has errors, so that not all of it can be compared"
    static let explanation = """
        Nobody can say all that such a change means, so it is not let through as harmless. roster check says what is \
        wrong with the file.
        """
    static let example = RiskExample(
        .replace(RiskExample.provider, "name: GPT-4o for checkout", with: "name: \"GPT-4o for checkout")
    )

    /// Why not everything is said.
    static let inPart = "the file has errors in the head, and what cannot be read of it is not compared"

    /// Why nothing more can be said.
    static func sentence(isInBase: Bool, isInHead: Bool) -> String {
        switch (isInBase, isInHead) {
        case (true, true): "it cannot be read on either side"
        case (true, false): "it cannot be read in the base"
        default: "it cannot be read in the head"
        }
    }
}
