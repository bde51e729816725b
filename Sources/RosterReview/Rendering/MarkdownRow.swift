import RosterJSON
import RosterModel

/// A row of a review in a comment: in the table, as a line of a list, or with all details.
///
/// The length of each form is bounded.
struct MarkdownRow {
    /// The maximum number of characters of one word in the table, except the path of a URL: two such words and the risk
    /// fit in 880 pixels.
    private static let wordLimit = 36
    private static let cellValueLimit = 120
    private static let cellFieldLimit = 3
    private static let cellReasonLimit = 3
    private static let cellReasonLength = 400
    private static let ownerLimit = 4
    private static let lineLength = 200
    private static let fieldLimit = 40
    private static let reasonLength = 600
    /// The maximum size of all fields and of all reasons of an entry, in bytes.
    private static let entryRoom = 4_000

    let row: ReviewRow
    let links: LinkBase?

    private var change: Change { row.change }

    // MARK: Forms

    /// The row of the table.
    var cells: String { "| \(risk) | \(lines.joined(separator: "<br>")) | \(why) |\n" }

    /// The row as one line of a list.
    var line: String {
        let reason = change.reasons.first.map { MarkdownText.sentence($0.text, limit: Self.lineLength) } ?? ""
        return "- \(risk): \(title(wordLimit: .max)): \(reason)\n"
    }

    /// The row as one line of a list without reason and link, for long lists.
    var shortLine: String {
        let bare = MarkdownRow(row: row, links: nil)
        return "- \(risk): \(bare.title(wordLimit: .max))\n"
    }

    /// The row as one entry of a list: its risk, id, position, all values and the names of the rules.
    var entry: String {
        var parts = ["\(risk): \(title(wordLimit: .max))"]
        if let id = change.id, change.handle != nil { parts[0] += " " + MarkdownText.code(id) }
        parts.append(MarkdownText.code(change.path + (change.line.map { ":\($0)" } ?? "")))
        let fields = change.leadingFields(Self.fieldLimit).map { field($0, limit: 200, wordLimit: .max) }
        parts += Self.fitting(fields, of: change.fields.count, room: Self.entryRoom)
        let reasons = change.reasons.map { reason in
            "\(MarkdownText.sentence(reason.text, limit: Self.reasonLength)) (`\(reason.rule)`)"
        }
        parts += Self.fitting(reasons, of: reasons.count, room: Self.entryRoom)
        return "- " + parts.joined(separator: "; ") + "\n"
    }

    // MARK: Parts

    private var risk: String { change.risk >= .high ? "**\(change.risk.name)**" : change.risk.name }

    /// Returns the kind of a record, its name with a link to its file, and the action.
    private func title(wordLimit: Int) -> String {
        guard row.fileCount == 1 else { return "**\(row.fileCount) files** \(change.action.rawValue)" }
        let kind = change.kind == .sealingKey ? "sealing key" : change.kind.rawValue
        let name = (change.handle ?? change.id ?? change.path).prefixOfScalars(Self.lineLength)
        let span = MarkdownText.code(name, wordLimit: wordLimit)
        return "\(kind) \(MarkdownText.link(span, to: url(of: change))) \(change.action.rawValue)"
    }

    /// Returns the URL of a change's file in the head; nil when the head does not have it.
    private func url(of change: Change) -> String? {
        guard change.action != .deleted, change.path != "." else { return nil }
        return links?.url(path: change.path, line: change.line)
    }

    /// The lines of the middle cell.
    private var lines: [String] {
        [title(wordLimit: Self.wordLimit)] + (row.named.isEmpty ? values : [files]) + [owners].compactMap(\.self)
    }

    /// The first files of the row.
    private var files: String {
        let names = row.named.map { file in
            let span = MarkdownText.code(file.path, limit: Self.cellValueLimit, wordLimit: Self.wordLimit)
            return MarkdownText.link(span, to: url(of: file))
        }
        let rest = row.fileCount > names.count ? " and \(row.fileCount - names.count) more" : ""
        return names.joined(separator: ", ") + rest
    }

    /// The first values of the row.
    ///
    /// Ids and digests are only in the entry, and so are labels of a record that only one
    /// side has.
    private var values: [String] {
        let isChanged = change.action != .added && change.action != .deleted
        let fields = change.fields.filter { !$0.isIdentifier && (isChanged || !$0.isLabel) }
        let leading = fields.filter(\.isWeighty) + fields.filter { !$0.isWeighty }
        let shown = leading.prefix(Self.cellFieldLimit).map {
            field($0, limit: Self.cellValueLimit, wordLimit: Self.wordLimit)
        }
        let rest = fields.count > shown.count ? ["and \(fields.count - shown.count) more"] : []
        return isChanged ? shown + rest : shown.isEmpty ? [] : [(shown + rest).joined(separator: ", ")]
    }

    private var owners: String? {
        guard let owners = change.owners else { return "owners are not known" }
        guard !owners.isEmpty else { return nil }
        let names = owners.prefix(Self.ownerLimit).map { MarkdownText.code($0, wordLimit: Self.wordLimit) }
        let rest = owners.count > names.count ? " and \(owners.count - names.count) more" : ""
        return "\(owners.count == 1 ? "owner" : "owners") \(names.joined(separator: ", "))\(rest)"
    }

    private var why: String {
        guard row.fileCount == 1 else { return "they decide how changes are reviewed, shown or checked" }
        // Low-risk reasons of a row with a higher risk are only in the entry.
        let reasons = change.reasons.filter { $0.risk >= min(change.risk, .high) }
        let shown = reasons.prefix(Self.cellReasonLimit).map { reason in
            let text = ReviewWords.withoutScheme(reason.text)
            return MarkdownText.sentence(text, limit: Self.cellReasonLength, wordLimit: Self.wordLimit)
        }
        let rest = reasons.count > shown.count ? ["and \(reasons.count - shown.count) more"] : []
        return (shown + rest).joined(separator: "<br>")
    }

    private func field(_ field: Change.Field, limit: Int, wordLimit: Int) -> String {
        func code(_ value: JSONValue?) -> String {
            value == nil ? "none" : MarkdownText.code(ReviewWords.value(value), limit: limit, wordLimit: wordLimit)
        }
        let (before, after) = (code(field.before), code(field.after))
        let values =
            switch change.action {
            case .added: after
            case .deleted: before
            case .changed, .moved, .resealed: before == after ? "\(after), in part" : "\(before) → \(after)"
            }
        return "\(MarkdownText.code(field.path, limit: limit, wordLimit: wordLimit)) \(values)"
    }

    /// Returns the texts that fit, and the number of the remaining ones.
    private static func fitting(_ texts: [String], of count: Int, room: Int) -> [String] {
        var (shown, left) = ([String](), room)
        for text in texts {
            guard shown.isEmpty || text.utf8.count <= left else { break }
            left -= text.utf8.count
            shown.append(text)
        }
        return count > shown.count ? shown + ["and \(count - shown.count) more"] : shown
    }
}

extension Change.Field {
    private static let identifiers: Set<String> = ["id", "secretId", "projectId", "publicKey", "fingerprint", "boxes"]

    /// A Boolean value that indicates whether the values are ids or digests.
    fileprivate var isIdentifier: Bool { Self.identifiers.contains(path) }

    /// A Boolean value that indicates whether the values name the record for people.
    fileprivate var isLabel: Bool { path == "handle" || path == "name" }
}
