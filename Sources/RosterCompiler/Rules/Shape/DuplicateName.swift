import RosterDiagnostics
import RosterSources

/// `duplicate-name`: two providers of one project with the same name.
enum DuplicateName: Rule {
    static let name = "duplicate-name"
    static let severity = Severity.warning
    static let summary = "two providers of one project with the same name"
    static let explanation = """
        Names are labels for people. When two providers of a project have the same one, nobody can tell them apart \
        in a list. Give one of them another name.
        """
    static let failing = RuleExample(
        (
            "providers/acme/gpt-4o-copy.yaml",
            RuleExample.provider.replacing("8QzKx0vT2mWb4NcR", with: "3hPq7RsT9uVwXyZa")
        )
    )
    static let passing = RuleExample(
        (
            "providers/acme/gpt-4o-copy.yaml",
            RuleExample.provider.replacing("for checkout", with: "for search")
                .replacing("8QzKx0vT2mWb4NcR", with: "3hPq7RsT9uVwXyZa")
        )
    )

    static func check(_ model: LinkedModel, _ findings: inout Findings) {
        var first: [String: Located<FileIndex>] = [:]
        var folder: Int32?
        for position in model.repeated.names {
            let provider = model.providers[position]
            let file = provider.file
            let itsFolder = model.listing.folderOfFile[file]
            if itsFolder != folder {
                first.removeAll(keepingCapacity: true)
                folder = itsFolder
            }
            guard let name = provider.declaration?.value.name else { continue }
            guard let earlier = first[name.value] else {
                first[name.value] = Located(file, name.span)
                continue
            }
            findings.report(
                Self.self,
                at: .file(file, name.span),
                "another provider of this project is named \(quoted(name.value)) too",
                help: "give one of them another name",
                related: [("first used here", .file(earlier.value, earlier.span))]
            )
        }
    }
}
