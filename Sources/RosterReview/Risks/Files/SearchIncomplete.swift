import RosterCompiler
import RosterSources

/// `search-incomplete`: a limit was reached, or something cannot be read, so that not every change is known.
enum SearchIncomplete: RiskRule {
    static let name = "search-incomplete"
    static let risk = Risk.critical
    static let summary = "a limit was reached, or something cannot be read, so that not every change is known"
    static let explanation = """
        Each search of a review has a limit, so that no change can make it run for hours: the files and folders of one \
        place, the depth of folders, the bytes of a file. An object that git does not have cannot be compared either. What \
        lies beyond a limit may be a change of any risk. Look at the place with git itself, or split the change.
        """
    static let example = RiskExample(
        .add("providers/acme/large.yaml", "# " + String(repeating: "x", count: FileRole.provider.sizeLimit) + "\n")
    )

    /// The reason.
    static func sentence(_ cause: SearchGap.Cause) -> String {
        switch cause {
        case .limit(let limit): "too much to search: \(limit); what lies beyond was not compared"
        case .unreadable(let reason): "cannot tell what changed here: \(reason)"
        }
    }
}
