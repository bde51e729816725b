/// A change in a comment, as a row of a table or as one line.
///
/// Neither grows with what is in the change.
enum MarkdownRow {
    private static let fieldLimit = 12
    /// The room for all fields of a row, in bytes.
    private static let fieldsLimit = 4_000
    /// The room for all reasons of a row, in bytes; the first one is always there.
    private static let reasonsLimit = 3_000
    private static let reasonLength = 600
    private static let lineLength = 200

    /// The row of a table.
    static func text(of change: Change) -> String {
        let name = change.handle.map { MarkdownText.code($0) + "<br>" } ?? ""
        let id = change.id.map { MarkdownText.code($0) } ?? ""
        let what = "\(change.kind.rawValue) \(change.action.rawValue)<br>\(name)\(id)"
        let place = MarkdownText.code(change.path + (change.line.map { ":\($0)" } ?? ""))
        return "| \(risk(change)) | \(what) | \(fields(change)) | \(reasons(change)) | \(place) |\n"
    }

    /// The line of a paragraph.
    static func line(of change: Change) -> String {
        let name = MarkdownText.code((change.handle ?? change.id ?? change.path).prefixOfScalars(lineLength))
        let reason = change.reasons.first.map { ": " + MarkdownText.sentence($0.text, limit: lineLength) } ?? ""
        return "\(risk(change)) \(change.kind.rawValue) \(change.action.rawValue) \(name)\(reason)<br>\n"
    }

    private static func risk(_ change: Change) -> String {
        change.risk >= .high ? "**\(change.risk.name)**" : change.risk.name
    }

    private static func reasons(_ change: Change) -> String {
        let reasons = change.reasons.map { "\(MarkdownText.sentence($0.text, limit: reasonLength)) (`\($0.rule)`)" }
        return joined(reasons, of: reasons.count, room: reasonsLimit)
    }

    private static func fields(_ change: Change) -> String {
        let lines = change.leadingFields(fieldLimit).map { field in
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
        return joined(lines, of: change.fields.count, room: fieldsLimit)
    }

    /// The lines that fit, and the number of the others.
    private static func joined(_ lines: [String], of count: Int, room: Int) -> String {
        var (shown, left) = ([String](), room)
        for line in lines {
            guard shown.isEmpty || line.utf8.count <= left else { break }
            left -= line.utf8.count
            shown.append(line)
        }
        if count > shown.count { shown.append("and \(count - shown.count) more") }
        return shown.joined(separator: "<br>")
    }
}
