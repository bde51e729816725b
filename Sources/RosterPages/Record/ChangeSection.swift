import RosterDiagnostics
import RosterModel

/// The section of a provider's page with the commands and the patch that change it.
struct ChangeSection {
    private let record: ProviderRecord
    private let change: ModelChange?

    init(_ record: ProviderRecord, _ change: ModelChange?) { (self.record, self.change) = (record, change) }

    /// The number of diagnostics of a change.
    private static let diagnosticLimit = 20

    /// The contents of the section.
    var contents: HTML {
        let commands = RecordCommands(for: record)
        let others: [HTML] = commands.others.map { command in
            "<p><small>\(command.title)</small></p>\(.code(command.text, command.title))"
        }
        let patch: HTML? = change?.patch == nil ? nil : ", or apply the patch,"
        return """
            <p>By pull request: run the command in a clone\(patch) and commit.</p>
            <form class=ask action="#change"><label>New model<input name=model value="\(change?.model ?? "")" required \
            maxlength=200 autocomplete=off></label><button>Show the change</button></form>
            \(requested ?? .code(commands.model, "the command"))\
            <details class=use><summary>Other changes</summary>\(others)</details>
            """
    }

    /// The command, the patch and the problems of the requested change; nil without one.
    private var requested: HTML? {
        guard let change else { return nil }
        let message: HTML? = change.message.map { "<p class=\"bar warn\">\($0).</p>\n" }
        let problems = change.diagnostics.prefix(Self.diagnosticLimit).map(DiagnosticArticle.contents)
        // A change that is refused would be refused in a clone, too.
        guard change.message == nil else {
            let command: HTML? = change.model.isEmpty ? .code(RecordCommands(for: record).model, "the command") : nil
            return "\(message)\(problems)\(command)"
        }
        let patch: HTML? = change.patch.map { .code(marked: Self.markup(ofPatch: $0), "the patch") }
        return "\(.code(change.command, "the command"))\(patch)\(problems)"
    }

    /// Returns a patch with its lines in color.
    private static func markup(ofPatch patch: String) -> HTML {
        var html: HTML = ""
        var lines = patch.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for (index, line) in lines.enumerated() {
            let line = String(line)
            if index > 0 { html += "\n" }
            if line.hasPrefix("+++") || line.hasPrefix("---") || line.hasPrefix("@@") {
                html += "<i>\(code: line)</i>"
            } else if line.hasPrefix("+") {
                html += "<ins>\(code: line)</ins>"
            } else if line.hasPrefix("-") {
                html += "<del>\(code: line)</del>"
            } else {
                html += "\(code: line)"
            }
        }
        // The button copies the patch whole: git refuses one whose last line has no end.
        html += "\n"
        return html
    }
}
