/// Prints a review as a comment on a pull request: what is grave open, the rest folded.
enum ReviewMarkdownRenderer {
    /// The first line, by which the comment is found again.
    static let marker = "<!-- roster-diff -->"
    /// Hosts take little more; counted in bytes, of which there are never fewer than characters.
    static let limit = 60_000
    private static let fieldLimit = 12

    static func render(_ review: Review) -> String {
        let head = marker + "\n" + verdict(review) + "\n" + notes(review)
        let foot = foot(review)
        let picture = SecretPicture.render(review.links)
        let fixed = head.utf8.count + foot.utf8.count + picture.utf8.count
        var rows = Rows()
        // Room for the tables' heads, the fold, and the sentence about what is left out.
        var left = limit - fixed - 1_200
        var shown = 0
        for change in review.changes {
            let row = row(change)
            guard row.utf8.count <= left else { break }
            left -= row.utf8.count
            shown += 1
            rows.add(row, of: change)
        }
        var result = head + rows.open + picture + rows.folded
        if shown < review.changes.count {
            let rest = ReviewWords.count(review.changes.count - shown, "change")
            result += "\n\(rest) of the lowest risk left out here: `roster diff` shows all.\n"
        }
        return result + foot
    }

    private static func verdict(_ review: Review) -> String {
        guard let highest = review.highest else { return "**Roster: no changes to review**" }
        let name = highest.name.prefix(1).uppercased() + highest.name.dropFirst()
        return "**Roster: \(name)** · \(ReviewWords.verdict(review))"
    }

    private static func notes(_ review: Review) -> String {
        ReviewWords.notes(review).map { "\n> \(MarkdownText.sentence($0))\n" }.joined()
    }

    private static func foot(_ review: Review) -> String {
        func side(_ name: String, _ side: Review.Side, _ other: String) -> String {
            let commit = side.commit.map { "`\($0)`" } ?? other
            return "\(name) \(commit)\(side.digest.map { ", registry `\($0)`" } ?? "")"
        }
        let sides = [
            side("Base", review.base, "no commit"), side("head", review.head, "no commit"),
        ]
        return "\n\(sides.joined(separator: "; ")). `roster explain RULE` says more of a rule.\n"
    }

    /// The two tables.
    private struct Rows {
        private var grave = ""
        private var rest = ""
        private var restCount = 0

        mutating func add(_ row: String, of change: Change) {
            if change.risk >= .high {
                grave += row
            } else {
                rest += row
                restCount += 1
            }
        }

        private static let head = "| risk | what | values | why | where |\n| --- | --- | --- | --- | --- |\n"

        var open: String { grave.isEmpty ? "" : "\n" + Self.head + grave }

        var folded: String {
            guard !rest.isEmpty else { return "" }
            let summary = "\(ReviewWords.count(restCount, "change")) of medium or low risk"
            return "\n<details><summary>\(summary)</summary>\n\n\(Self.head)\(rest)\n</details>\n"
        }
    }

    private static func row(_ change: Change) -> String {
        let risk = change.risk >= .high ? "**\(change.risk.name)**" : change.risk.name
        let name = change.handle.map { MarkdownText.code($0) + "<br>" } ?? ""
        let id = change.id.map { MarkdownText.code($0) } ?? ""
        let what = "\(change.kind.rawValue) \(change.action.rawValue)<br>\(name)\(id)"
        let reasons = change.reasons.map { "\(MarkdownText.sentence($0.text)) (`\($0.rule)`)" }
        let place = MarkdownText.code(change.path + (change.line.map { ":\($0)" } ?? ""))
        return "| \(risk) | \(what) | \(fields(change)) | \(reasons.joined(separator: "<br>")) | \(place) |\n"
    }

    private static func fields(_ change: Change) -> String {
        var lines = change.fields.prefix(fieldLimit).map { field in
            let (before, after) = (
                MarkdownText.code(ReviewWords.value(field.before)), MarkdownText.code(ReviewWords.value(field.after))
            )
            let values =
                switch change.action {
                case .added: after
                case .deleted: before
                case .changed, .moved, .resealed: before == after ? "\(after), in part" : "\(before) → \(after)"
                }
            return "\(MarkdownText.code(field.path)) \(values)"
        }
        if change.fields.count > fieldLimit { lines.append("and \(change.fields.count - fieldLimit) more") }
        return lines.joined(separator: "<br>")
    }
}
