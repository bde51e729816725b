/// Prints a review as a comment on a pull request: one sentence, one table, and folded details.
struct ReviewMarkdownRenderer {
    /// The first line, which identifies the comment.
    static let marker = "<!-- roster-diff -->"
    /// The limit of hosts, counted in bytes, of which there are at least as many as characters.
    static let limit = 60_000
    /// The room for one-line rows of high and critical risk, if not all of them fit in the table.
    private static let listRoom = 15_000
    /// The number of rows up to which the table also has those of medium and low risk.
    private static let tableLimit = 12
    /// The room for the sentence, the headers of the table and of the lists, and the sentence about omitted rows.
    private static let frameRoom = 3_500

    private let review: Review
    private let options: CommentOptions
    private let rows: [ReviewRow]
    private var cells: [String] = []
    /// Rows of high and critical risk that do not fit in the table.
    private var listed: [String] = []
    /// Rows of medium and low risk that are not in the table.
    private var folded: [String] = []
    private var entries: [String] = []
    private var omitted: [Risk: Int] = [:]

    /// Returns the comment.
    static func render(_ review: Review, _ options: CommentOptions) -> ReviewRendering {
        var renderer = ReviewMarkdownRenderer(review, options)
        return renderer.render()
    }

    private init(_ review: Review, _ options: CommentOptions) {
        (self.review, self.options) = (review, options)
        rows = review.groupedRows
    }

    private mutating func render() -> ReviewRendering {
        let (notes, picture, foot) = (notes, SecretPicture(review).render(), foot)
        place(room: Self.limit - Self.frameRoom - notes.utf8.count - picture.utf8.count - foot.utf8.count)
        var text = Self.marker + "\n"
        text += Headline(rows: rows, newErrors: review.newErrors, omitted: omitted).text + "\n" + notes
        if !cells.isEmpty { text += "\n| risk | change | why |\n| --- | --- | --- |\n" + cells.joined() }
        if !listed.isEmpty { text += "\n" + listed.joined() }
        if let highest = omitted.keys.max() {
            let rest = ReviewWords.count(omitted.total, "change")
            text += "\n\(rest) left out here, the highest risk \(highest.name): `roster diff` shows all.\n"
        }
        text += picture + Self.details(ReviewWords.count(folded.count, "change") + " of medium or low risk", folded)
        text += plan
        text += Self.details("Ids, values and commits", entries + [foot])
        return ReviewRendering(text: text, omitted: omitted)
    }

    private static func details(_ summary: String, _ lines: [String]) -> String {
        lines.isEmpty ? "" : "\n<details><summary>\(summary)</summary>\n\n\(lines.joined())\n</details>\n"
    }

    // MARK: Placing

    /// The place of a row.
    private enum Place { case table, list, fold, nowhere }

    /// Distributes the rows to the table and the lists within the available room.
    private mutating func place(room: Int) {
        let forms = rows.map { MarkdownRow(row: $0, links: options.links) }
        let cells = forms.map(\.cells)
        let risks = rows.map(\.change.risk)
        func sizeOfHighRisks(_ texts: [String]) -> Int {
            zip(texts, risks).reduce(0) { $1.1 >= .high ? $0 + $1.0.utf8.count : $0 }
        }
        var lines = forms.map(\.line)
        if sizeOfHighRisks(lines) > room { lines = forms.map(\.shortLine) }
        // Each high risk reserves the room for its line until it is placed. If all fit in the table, no line is needed.
        let fitsTable = sizeOfHighRisks(cells) <= room
        let fitsLines = sizeOfHighRisks(lines) <= room
        var reserved = fitsTable ? 0 : fitsLines ? sizeOfHighRisks(lines) : Self.listRoom
        var left = room
        var places = [Place](repeating: .nowhere, count: rows.count)
        var count = 0
        for index in Change.precedence(of: rows.map(\.change)) {
            let isHigh = risks[index] >= .high
            let size = isHigh ? lines[index].utf8.count : forms[index].line.utf8.count
            if isHigh, !fitsTable, fitsLines { reserved -= size }
            // A row that does not fit does not end the table: the next one may fit.
            if isHigh || count < Self.tableLimit, cells[index].utf8.count <= left - reserved {
                left -= cells[index].utf8.count
                (places[index], count) = (.table, count + 1)
            } else if size <= left {
                left -= size
                if isHigh, !fitsLines { reserved = max(0, reserved - size) }
                places[index] = isHigh ? .list : .fold
            } else {
                omitted[risks[index], default: 0] += 1
            }
        }
        for index in rows.indices {
            switch places[index] {
            case .table: self.cells.append(cells[index])
            case .list: listed.append(lines[index])
            case .fold, .nowhere: break
            }
        }
        for index in rows.indices where places[index] == .table {
            let entry = forms[index].entry
            guard entry.utf8.count <= left else { continue }
            left -= entry.utf8.count
            entries.append(entry)
        }
        // The remaining room is for the values of the folded rows.
        for index in rows.indices where places[index] == .fold {
            let (line, entry) = (forms[index].line, forms[index].entry)
            let growth = entry.utf8.count - line.utf8.count
            folded.append(growth <= left ? entry : line)
            if growth <= left { left -= growth }
        }
    }

    // MARK: Parts

    private var notes: String {
        ReviewWords.notes(review).map { "\n> \(MarkdownText.sentence($0, limit: 600))\n" }.joined()
    }

    /// The plan, and how to accept it if the gate blocks the change.
    private var plan: String {
        guard let plan = review.plan?.digits, let highest = review.highest else { return "" }
        let isStopped = highest >= (options.gate ?? .high)
        if options.isAccepted { return "\n`plan \(plan)` · accepted\n" }
        if omitted.contains(where: { $0.key >= .high && $0.value > 0 }) {
            return "\n`plan \(plan)` · it cannot be accepted, because changes are left out here\n"
        }
        guard isStopped else { return "\n`plan \(plan)`\n" }
        return "\n`plan \(plan)` · to accept exactly this change, comment `/roster accept \(plan)`\n"
    }

    private var foot: String {
        func side(_ name: String, _ side: Review.Side) -> String {
            let commit = side.commit.map { "`\($0)`" } ?? "no commit"
            return "- \(name) \(commit)\(side.digest.map { ", registry `\($0)`" } ?? "")\n"
        }
        let name = review.comparison == .mergeBase ? "merge base" : "base"
        var text = side(name, review.base) + side("head", review.head)
        if review.mergeBases.count > 1 {
            let bases = review.mergeBases.map { "`\($0)`" }.joined(separator: ", ")
            text += "- all merge bases: \(bases)\n"
        }
        if let tip = review.tip { text += "- tip of the target, for keys and access: `\(tip)`\n" }
        return text + "- `roster explain RULE` describes a rule\n"
    }
}
