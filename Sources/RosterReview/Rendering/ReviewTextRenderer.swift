import RosterBytes
package import RosterDiagnostics
import RosterJSON
import RosterModel

/// Prints a review for people: rows, values that differ, and reasons.
package struct ReviewTextRenderer {
    private let options: RenderOptions

    package init(_ options: RenderOptions) { self.options = options }

    func render(_ review: Review) -> String {
        var result = ReviewWords.notes(review).map { styled("note", .strong) + ": \(printable($0))\n" }.joined()
        if !result.isEmpty { result += "\n" }
        let rows = review.rows
        result += self.rows(rows)
        if !options.isQuiet || rows.isEmpty || review.newErrors > 0 {
            result += ReviewWords.verdict(rows, newErrors: review.newErrors) + "\n"
        }
        if let plan = review.plan, review.hasChanges { result += "plan \(plan.digits)\n" }
        return result
    }

    /// Returns rows, each followed by a blank line.
    package func rows(_ changes: [Change]) -> String {
        let words = changes.map { [$0.risk.name, $0.action.rawValue, $0.kind.rawValue] }
        let widths = (0..<3).map { column in words.map { $0[column].count }.max() ?? 0 }
        var result = ""
        for (change, words) in zip(changes, words) {
            let padded = words.enumerated().map { $1 + String(repeating: " ", count: widths[$0] - $1.count) }
            result += styled(padded[0], Style(change.risk)) + "  \(padded[1])  \(padded[2])  "
            if change.kind != .file { result += styled(printable(ReviewWords.name(change)), .strong) + "  " }
            result += "\(printable(place(change)))\n"
            result += fields(change)
            for reason in change.reasons {
                let mark = change.reasons.count > 1 ? "\(reason.risk.name): " : ""
                result += "    \(mark)\(printable(reason.text)) [\(reason.rule)]\n"
            }
            result += "\n"
        }
        return result
    }

    private func place(_ change: Change) -> String {
        change.path + (change.line.map { ":\($0)" } ?? "")
    }

    private func fields(_ change: Change) -> String {
        let paths = change.fields.map { printable($0.path) }
        let width = paths.map(\.count).max() ?? 0
        return zip(change.fields, paths).map { field, path in
            let (before, after) = (value(field.before), value(field.after))
            let words =
                switch change.action {
                case .added: after
                case .deleted: before
                case .changed, .moved, .resealed: before == after ? "\(after), in part" : "\(before) → \(after)"
                }
            return "    \(path)\(String(repeating: " ", count: width - path.count))  \(words)\n"
        }.joined()
    }

    private func value(_ value: JSONValue?) -> String { printable(ReviewWords.value(value)) }

    private func printable(_ text: String) -> String {
        PrintableText.escape(text, breakingCommands: options.breaksWorkflowCommands)
    }

    private enum Style: String {
        case critical = "1;31"
        case high = "31"
        case medium = "33"
        case low = "2"
        case strong = "1"

        init(_ risk: Risk) {
            switch risk {
            case .critical: self = .critical
            case .high: self = .high
            case .medium: self = .medium
            case .low: self = .low
            }
        }
    }

    private func styled(_ text: String, _ style: Style) -> String {
        options.useColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}
