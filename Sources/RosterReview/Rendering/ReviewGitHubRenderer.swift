import RosterDiagnostics

/// Prints a review as GitHub's workflow commands, which become annotations on the changed lines.
enum ReviewGitHubRenderer {
    /// GitHub shows so many annotations of a kind for a step.
    private static let limit = 10

    static func render(_ review: Review) -> String {
        var result = ""
        for kind in ["error", "warning", "notice"] {
            let found = review.changes.filter { Self.kind($0.risk) == kind }
            // When there are more, the last that is shown says so.
            let shown = found.count > limit ? limit - 1 : found.count
            for change in found.prefix(shown) { result += command(kind, change) }
            if found.count > shown {
                let message = "\(found.count - shown) more changes of this kind; run roster diff to see them all"
                result += WorkflowCommand.text(kind, [("title", "roster")], message)
            }
        }
        for note in ReviewWords.notes(review) { result += WorkflowCommand.text("notice", [("title", "roster")], note) }
        return result
    }

    private static func kind(_ risk: Risk) -> String {
        switch risk {
        case .critical, .high: "error"
        case .medium: "warning"
        case .low: "notice"
        }
    }

    private static func command(_ kind: String, _ change: Change) -> String {
        var properties = [("file", change.path)]
        if let line = change.line { properties.append(("line", String(line))) }
        properties.append(("title", "\(change.risk.name): \(change.kind.rawValue) \(change.action.rawValue)"))
        let fields = change.action == .changed || change.action == .moved ? change.fields : []
        let values = fields.prefix(4).map {
            "\($0.path): \(ReviewWords.value($0.before)) → \(ReviewWords.value($0.after))"
        }
        let text = [ReviewWords.name(change)] + values + change.reasons.map { "\($0.text) [\($0.rule)]" }
        return WorkflowCommand.text(kind, properties, text.joined(separator: "; "))
    }
}
