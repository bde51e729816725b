import RosterDiagnostics
public import RosterFrontend

/// The rules' manual, as text for a terminal and as a page of the docs.
public enum RuleReference {
    /// Every rule with its severity and summary, by group.
    public static var list: String {
        let width = RuleCatalogue.all.map { $0.name.count }.max() ?? 0
        return RuleCatalogue.groups
            .map { group in
                let rows = group.rules.map { rule in
                    let name = rule.name + String(repeating: " ", count: width - rule.name.count)
                    let severity = rule.severity == .error ? "error  " : "warning"
                    return "  \(name)  \(severity)  \(rule.summary)\n"
                }
                return group.title + "\n" + rows.joined()
            }
            .joined(separator: "\n")
    }

    /// One rule's manual for a terminal.
    public static func manual(of rule: any Rule.Type) -> String {
        """
        \(rule.name) (\(rule.severity.rawValue)): \(rule.summary)

        \(TextWrap.lines(rule.explanation, width: 80).joined(separator: "\n"))

        Refused:

        \(example(rule.failing))
        Fixed:

        \(example(rule.passing))
        """
    }

    /// The reference as Markdown.
    public static var markdown: String {
        var page = """
            # Rules

            Every rule of `roster check`, with a refused example and the fixed one. `roster explain <rule>` prints \
            the same.

            Silence a warning with `# roster:allow <rule> <reason>` at the end of its line or on the line before. \
            Errors cannot be silenced.

            """
        for group in RuleCatalogue.groups {
            page += "\n## \(group.title)\n"
            for rule in group.rules {
                page += """

                    ### \(rule.name)

                    **\(rule.severity.rawValue)**: \(rule.summary)

                    \(rule.explanation)

                    Refused:

                    \(block(rule.failing))
                    Fixed:

                    \(block(rule.passing))
                    """
            }
        }
        return page
    }

    private static func example(_ example: RuleExample) -> String {
        shownFiles(example)
            .map { path, text in "    # \(path)\n" + lines(text).map { "    \($0)\n" }.joined() }
            .joined(separator: "\n")
    }

    private static func block(_ example: RuleExample) -> String {
        shownFiles(example)
            .map { path, text in "```yaml\n# \(path)\n" + lines(text).map { "\($0)\n" }.joined() + "```\n" }
            .joined(separator: "\n")
    }

    private static func shownFiles(_ example: RuleExample) -> [(path: String, text: String)] {
        example.files.filter { !$0.text.isEmpty } + example.special.map { ($0.path, $0.description + "\n") }
    }

    /// Returns the lines of a file; long ones, such as boxes, are cut.
    private static func lines(_ text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let shown = lines.prefix(40).map { $0.count > 100 ? $0.prefix(60) + "…" : String($0) }
        return lines.count > 40 ? shown + ["… \(lines.count - 40) more lines"] : shown
    }
}

extension RuleExample.Special {
    /// The path of the object.
    var path: String {
        switch self {
        case .symbolicLink(let path), .unreadable(let path), .bytes(let path, _), .missing(let path): path
        case .files(let folder, _): folder
        }
    }

    /// A description of the object, as a comment.
    var description: String {
        switch self {
        case .symbolicLink: "# (a symbolic link)"
        case .unreadable: "# (a file that cannot be opened)"
        case .bytes: "# (a file that starts with the bytes EF BB BF)"
        case .files(_, let count): "# (a folder with \(count) files)"
        case .missing: "# (is not there)"
        }
    }
}
