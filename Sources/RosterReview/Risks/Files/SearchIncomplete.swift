import RosterCompiler
import RosterSources

/// `search-incomplete`: a limit was reached, or something cannot be read, so that not every change is known.
enum SearchIncomplete: RiskRule {
    static let name = "search-incomplete"
    static let risk = Risk.critical
    static let summary = "a limit was reached, or something cannot be read, so that not every change is known"
    static let explanation = """
        Each search of a review has limits, so that no change can make it run for hours: the number of files and \
        folders, the depth of folders, the size of a file. An object that git does not have cannot be compared \
        either. The part beyond a limit may have a change of any risk. Inspect it with git, or split the change.
        """
    static let example = RiskExample(
        .add("providers/acme/large.yaml", "# " + String(repeating: "x", count: FileRole.provider.sizeLimit) + "\n")
    )

    /// The reason.
    static func sentence(_ cause: SearchGap.Cause) -> String {
        switch cause {
        case .limit(let limit): "too much to search: \(limit); the rest was not compared"
        case .unreadable(let reason): "cannot tell what changed here: \(reason)"
        }
    }
}
