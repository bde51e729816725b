/// Prints a review as a comment on a pull request: high risks open, the rest folded.
enum ReviewMarkdownRenderer {
    /// The first line, by which the comment is found again.
    static let marker = "<!-- roster-diff -->"
    /// Hosts take little more; counted in bytes, of which there are never fewer than characters.
    static let limit = 60_000
    /// The room for rows that are named in one line, where not all of them fit.
    private static let listLimit = 15_000

    static func render(_ review: Review) -> ReviewRendering {
        let changes = review.rows
        let foot = foot(review)
        let picture = SecretPicture.render(review.links)
        let notes = notes(review)
        // Room for the tables' heads, the fold, the verdict and the sentence about what is left out.
        let room = limit - foot.utf8.count - picture.utf8.count - notes.utf8.count - marker.utf8.count - 1_600
        var shown = changes.map { MarkdownRow.text(of: $0) }
        var listed = ""
        var omitted: [Risk: Int] = [:]
        if shown.reduce(0, { $0 + $1.utf8.count }) > room {
            (listed, omitted) = shorten(&shown, changes, room: room)
        }
        var rows = Rows()
        for (change, row) in zip(changes, shown) where !row.isEmpty { rows.add(row, of: change) }
        var text = marker + "\n" + verdict(review, changes, omitted) + "\n" + notes
        text += rows.open + listed + picture + rows.folded
        if let highest = omitted.keys.max() {
            let rest = ReviewWords.count(omitted.total, "change")
            text += "\n\(rest) left out here, the highest risk \(highest.name): `roster diff` shows all.\n"
        }
        return ReviewRendering(text: text + foot, omitted: omitted)
    }

    /// Empties the rows that do not fit, and names those of high or critical risk in one line each as far as there is
    /// room.
    private static func shorten(_ rows: inout [String], _ changes: [Change], room: Int) -> (String, [Risk: Int]) {
        let high = zip(rows, changes).filter { $1.risk >= .high }.reduce(0) { $0 + $1.0.utf8.count }
        // Where all high risks fit, the list stays empty.
        var (left, leftInList) = high <= room ? (room, 0) : (room - listLimit, listLimit)
        var listed: [String] = []
        var omitted: [Risk: Int] = [:]
        for index in Change.precedence(of: changes) {
            // A row that does not fit does not end the list: the next one may.
            if rows[index].utf8.count <= left {
                left -= rows[index].utf8.count
                continue
            }
            rows[index] = ""
            let risk = changes[index].risk
            let line = risk >= .high ? MarkdownRow.line(of: changes[index]) : ""
            if line.isEmpty || line.utf8.count > leftInList {
                omitted[risk, default: 0] += 1
            } else {
                leftInList -= line.utf8.count
                listed.append(line)
            }
        }
        return (listed.isEmpty ? "" : "\n" + listed.joined(), omitted)
    }

    private static func verdict(_ review: Review, _ rows: [Change], _ omitted: [Risk: Int]) -> String {
        let counts = ReviewWords.verdict(rows, newErrors: review.newErrors)
        guard let highest = review.highest else {
            return review.newErrors > 0
                ? "**Roster: \(ReviewWords.count(review.newErrors, "error"))** · \(counts)"
                : "**Roster: no changes to review**"
        }
        let name = highest.name.prefix(1).uppercased() + highest.name.dropFirst()
        let missing = omitted.filter { $0.key >= .high }
        let warning = missing.isEmpty ? "" : " · **\(missing.words) not shown here**"
        return "**Roster: \(name)** · \(counts)\(warning)"
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
        return plan(review) + "\n\(sides.joined(separator: "; ")). `roster explain RULE` says more of a rule.\n"
    }

    /// The plan, and how to accept it where a gate can be in the way of it.
    private static func plan(_ review: Review) -> String {
        guard let plan = review.plan?.digits, let highest = review.highest else { return "" }
        let help = highest >= .high ? " · to accept exactly this change, comment `/roster accept \(plan)`" : ""
        return "\n`plan \(plan)`\(help)\n"
    }

    /// The two tables.
    private struct Rows {
        private var high = ""
        private var rest = ""
        private var restCount = 0

        mutating func add(_ row: String, of change: Change) {
            if change.risk >= .high {
                high += row
            } else {
                rest += row
                restCount += 1
            }
        }

        private static let head = "| risk | what | values | why | where |\n| --- | --- | --- | --- | --- |\n"

        var open: String { high.isEmpty ? "" : "\n" + Self.head + high }

        var folded: String {
            guard !rest.isEmpty else { return "" }
            let summary = "\(ReviewWords.count(restCount, "change")) of medium or low risk"
            return "\n<details><summary>\(summary)</summary>\n\n\(Self.head)\(rest)\n</details>\n"
        }
    }
}
