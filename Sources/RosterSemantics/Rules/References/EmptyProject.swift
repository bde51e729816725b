package import RosterDiagnostics
package import RosterFrontend
import RosterSources

/// `empty-project`: an entry under `projects` with no folder.
package enum EmptyProject: RepositoryRule {
    package static let name = "empty-project"
    package static let severity = Severity.warning
    package static let summary = "an entry under `projects` with no folder"
    package static let explanation = """
        A project with no folder under providers/ or secrets/ is empty. Delete the entry, or add its first provider.
        """
    package static let failing = RuleExample(
        roster: RuleExample.roster.replacing(
            "sealingKeys:",
            with: "  beta:\n    id: proj_3hPq7RsT9uVwXyZa\n    name: Beta\nsealingKeys:"
        )
    )
    package static let passing = RuleExample(roster: RuleExample.roster)

    static func check(_ context: RepositoryContext, _ findings: inout Findings) {
        let repository = context.repository
        // What seems to be empty may be so because its records are elsewhere, which is reported there.
        guard repository.listing.misplaced.isEmpty else { return }
        let folders = Set(repository.listing.folders.map(\.project))
        for project in repository.roster.projects where !folders.contains(project.handle.value) {
            // An entry that could not be read is reported already.
            guard project.id != nil || project.name != nil else { continue }
            findings.report(
                Self.self,
                at: .file(0, project.handle.span),
                "the project \(quoted(project.handle.value)) has no provider and no secret",
                help: "delete the entry, or add providers/\(project.handle.value)/<handle>.yaml"
            )
        }
    }
}
