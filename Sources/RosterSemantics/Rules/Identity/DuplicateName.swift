package import RosterDiagnostics
package import RosterFrontend
import RosterSources

/// `duplicate-name`: two providers of one project with the same name.
package enum DuplicateName: RepositoryRule {
    package static let name = "duplicate-name"
    package static let severity = Severity.warning
    package static let summary = "two providers of one project with the same name"
    package static let explanation = """
        Names are labels for people. When two providers of a project have the same name, users cannot distinguish them \
        in a list. Give one of them another name.
        """
    package static let failing = RuleExample(
        (
            "providers/acme/gpt-4o-copy.yaml",
            RuleExample.provider.replacing("8QzKx0vT2mWb4NcR", with: "3hPq7RsT9uVwXyZa")
        )
    )
    package static let passing = RuleExample(
        (
            "providers/acme/gpt-4o-copy.yaml",
            RuleExample.provider.replacing("for checkout", with: "for search")
                .replacing("8QzKx0vT2mWb4NcR", with: "3hPq7RsT9uVwXyZa")
        )
    )

    static func check(_ context: RepositoryContext, _ findings: inout Findings) {
        let repository = context.repository
        var first: [String: Located<FileIndex>] = [:]
        var folder: Int32?
        for position in repository.repeated.names {
            let provider = repository.providers[position]
            let file = provider.file
            let itsFolder = repository.listing.folderOfFile[file]
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
