import RosterBytes
import RosterDiagnostics

/// Prints a review as GitHub's workflow commands, which become annotations on the changed lines.
enum ReviewGitHubRenderer {
    /// The number of annotations of each type that GitHub shows for a step.
    private static let limit = 10
    /// The room for changes without a separate annotation, in bytes; GitHub accepts 64 KiB.
    private static let listLimit = 30_000
    private static let lineLimit = 300

    static func render(_ review: Review) -> ReviewRendering {
        var rendering = ReviewRendering(text: "")
        let plan = review.hasChanges ? review.plan.map { ["plan \($0.digits)"] } ?? [] : []
        let notes = ReviewWords.notes(review) + plan
        var left = ["error": limit, "warning": limit, "notice": max(2, limit - notes.count)]
        if review.newErrors > 0 {
            let message = "the head has \(ReviewWords.count(review.newErrors, "new error")): run roster check"
            rendering.text += WorkflowCommand.text("error", [("title", "roster")], message)
            left["error"] = limit - 1
        }
        for kind in ["error", "warning", "notice"] {
            let room = left[kind] ?? limit
            // A guarded file has an annotation at the file; the files are grouped only if not all annotations fit.
            var found = review.changes.filter { Self.kind($0.risk) == kind }
            if found.count > room { found = review.rows.filter { Self.kind($0.risk) == kind } }
            // If there are more, the last annotation lists the others.
            let shown = found.count > room ? room - 1 : found.count
            let order = found.count > room ? Change.precedence(of: found) : Array(found.indices)
            for index in order.prefix(shown) { rendering.text += command(kind, found[index]) }
            if found.count > shown { list(order.dropFirst(shown).map { found[$0] }, kind, &rendering) }
        }
        for note in notes { rendering.text += WorkflowCommand.text("notice", [("title", "roster")], note) }
        return rendering
    }

    private static func kind(_ risk: Risk) -> String {
        switch risk {
        case .critical, .high: "error"
        case .medium: "warning"
        case .low: "notice"
        }
    }

    /// Adds one annotation that lists changes, one a line.
    private static func list(_ changes: [Change], _ kind: String, _ rendering: inout ReviewRendering) {
        var counts: [Risk: Int] = [:]
        var omitted: [Risk: Int] = [:]
        var lines = ""
        var left = listLimit
        for change in changes {
            counts[change.risk, default: 0] += 1
            let line = "\n" + PrintableText.escape(ReviewWords.line(change)).prefixOfScalars(lineLimit)
            guard line.utf8.count <= left else {
                omitted[change.risk, default: 0] += 1
                continue
            }
            left -= line.utf8.count
            lines += line
        }
        rendering.omitted.merge(omitted, uniquingKeysWith: +)
        let rest = omitted.isEmpty ? "" : "\nand \(omitted.words) that are not named here"
        let message =
            "\(ReviewWords.count(changes.count, "more change")): \(counts.words); run roster diff to see them all"
        rendering.text += WorkflowCommand.text(kind, [("title", "roster")], message + lines + rest)
    }

    private static func command(_ kind: String, _ change: Change) -> String {
        var properties = [("file", change.path)]
        if let line = change.line { properties.append(("line", String(line))) }
        properties.append(("title", "\(change.risk.name): \(change.kind.rawValue) \(change.action.rawValue)"))
        let fields = change.action == .changed || change.action == .moved ? change.leadingFields(4) : []
        let values = fields.map { "\($0.path): \(ReviewWords.value($0.before)) → \(ReviewWords.value($0.after))" }
        let reasons = change.reasons.map { "\($0.text) [\($0.rule)]" }
        // The reason precedes long values, because GitHub truncates messages at the end.
        let isLong = values.contains { $0.utf8.count > 1_000 }
        let text = [ReviewWords.name(change)] + (isLong ? reasons + values : values + reasons)
        return WorkflowCommand.text(kind, properties, text.joined(separator: "; "))
    }
}
