import RosterJSON
import RosterModel
import RosterReview

/// The section of a provider's page with the commits that changed it, and the last change of each field.
struct HistorySection {
    private let history: ShownHistory
    /// `<project>/<handle>`.
    private let name: String

    init(_ history: ShownHistory, of name: String) { (self.history, self.name) = (history, name) }

    /// The number of commits on a page.
    static let length = CommittedHistory.shownCount
    /// The number of characters of a value, of which `roster log` shows all.
    private static let valueLimit = 500
    /// The number of fields of a commit.
    private static let fieldLimit = 100

    /// Returns the contents of the section; nil for a registry that does not come from git.
    static func contents(_ history: RecordHistory, of name: String) -> HTML? {
        switch history {
        case .none: nil
        case .unfinished: "<p class=dim>The history is being read; reload the page.</p>"
        case .failed(let reason): "<p class=dim>\(reason).</p>"
        case .shown(let history): HistorySection(history, of: name).contents
        }
    }

    private var contents: HTML {
        let entries = history.entries.prefix(Self.length).map(Self.entry)
        var notes: HTML = ""
        if history.hasOlder || history.entries.count > Self.length {
            notes += "<p class=dim>Older changes: <code>\(RecordCommands.history(of: name))</code></p>"
        }
        if history.isPartial {
            notes += "<p class=dim>Some changes are not shown: they name records that you may not see.</p>"
        }
        if history.entries.contains(where: { $0.subject == nil }) {
            notes += "<p class=dim>Messages of commits are not shown: they may name records that you may not see.</p>"
        }
        return entries.isEmpty ? notes : "<ol class=log>\n\(entries)</ol>\(notes)"
    }

    private static func entry(_ entry: ShownHistory.Entry) -> HTML {
        let id = String(entry.commit.prefix(12))
        let subject = entry.subject.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        let heading: HTML = subject.map { "\($0)" } ?? title(of: entry)
        let date: HTML = entry.committedAt.map { "\($0) · " } ?? ""
        let fields = table(of: entry)
        let isFolded = entry.action == .added && !entry.fields.isEmpty
        let count: HTML = "\(entry.fields.count) \(.plural(entry.fields.count, "field"))"
        let changes: HTML? =
            isFolded ? "<details><summary><small>\(count)</small></summary>\(fields)</details>" : fields
        return """
            <li id="c-\(id)"><h3><bdi>\(heading)</bdi></h3>\
            <p><small>\(date)<bdi>\(entry.author)</bdi> · <code>\(String(entry.commit.prefix(7)))</code></small></p>\
            <ul>\(reasons(of: entry))</ul>\
            \(changes)

            """
    }

    /// Returns a title for a reader who may not see the message of the commit.
    private static func title(of entry: ShownHistory.Entry) -> HTML {
        let verb: StaticString =
            switch entry.action {
            case .added: "Added"
            case .deleted: "Deleted"
            case .moved: "Moved"
            case .changed, .resealed: "Changed"
            }
        guard entry.action == .changed, !entry.fields.isEmpty else { return "\(constant: verb)" }
        let paths = entry.fields.prefix(3).map(\.path).joined(separator: ", ")
        return "\(constant: verb) \(paths)\(constant: entry.fields.count > 3 ? " and more" : "")"
    }

    private static func reasons(of entry: ShownHistory.Entry) -> [HTML] {
        entry.reasons.enumerated().map { index, reason in
            // The first reason has the risk of the change.
            let badge: HTML? = index == 0 ? "\(.risk(reason.risk)) " : nil
            return "<li>\(badge)<bdi>\(reason.text)</bdi> <small>\(reason.rule)</small>"
        }
    }

    private static func table(of entry: ShownHistory.Entry) -> HTML? {
        guard !entry.fields.isEmpty else { return nil }
        let none: HTML = "<span class=dim>none</span>"
        let rows: [HTML] = entry.fields.prefix(fieldLimit).map { field in
            let before: HTML = field.before.map { "<del><bdi>\(text(of: $0))</bdi></del>" } ?? none
            let after: HTML = field.after.map { "<ins><bdi>\(text(of: $0))</bdi></ins>" } ?? none
            return "<tr><th scope=row>\(field.path.excerpt(valueLimit))<td>\(before)<td>\(after)"
        }
        let rest = entry.fields.count - rows.count
        let more: HTML? = rest > 0 ? "<p class=dim>And \(rest) more.</p>" : nil
        return """
            <table class=rows><thead><tr><th scope=col>Field<th scope=col>Before<th scope=col>After<tbody>\(rows)</table>\(more)
            """
    }

    private static func text(of value: JSONValue) -> String {
        if case .string(let text) = value { return text.excerpt(valueLimit) }
        var json = JSONWriter(.compact)
        json.value(value)
        return json.text.excerpt(valueLimit)
    }

    // MARK: - Last changes

    /// Returns the cell with the last change of a member of the file.
    static func lastChange(of member: StaticString, in history: ShownHistory) -> HTML {
        switch history.lastChanges[member.description] {
        case nil: return "<td>"
        case .notCommitted: return "<td><small>not committed</small>"
        case .entry(let index):
            guard history.entries.indices.contains(index) else { return "<td>" }
            let entry = history.entries[index]
            let date: HTML = entry.committedAt.map { "\(CalendarDate(of: $0))" } ?? "\(String(entry.commit.prefix(7)))"
            let author: HTML = "<small><bdi>\(entry.author)</bdi></small>"
            guard index < length else { return "<td>\(date) \(author)" }
            return "<td><a href=\"#c-\(String(entry.commit.prefix(12)))\">\(date)</a> \(author)"
        }
    }
}

extension HTML {
    /// Returns the badge of a risk.
    fileprivate static func risk(_ risk: Risk) -> HTML {
        switch risk {
        case .critical, .high: "<span class=\"b bad\">\(risk.name)</span>"
        case .medium: "<span class=\"b warn\">\(risk.name)</span>"
        case .low: "<span class=\"b\">\(risk.name)</span>"
        }
    }
}
