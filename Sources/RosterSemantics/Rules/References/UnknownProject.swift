import RosterBytes
package import RosterDiagnostics
package import RosterFrontend
import RosterModel
import RosterSources

/// `unknown-project`: a folder with no entry under `projects`.
package enum UnknownProject: RepositoryRule {
    package static let name = "unknown-project"
    package static let severity = Severity.error
    package static let summary = "a folder with no entry under `projects`"
    package static let explanation = """
        Every folder under providers/ and secrets/ is a project and needs an entry in roster.yaml with an id and a \
        name. The projects of a token must have an entry too. Add the entry, or correct the name of the folder.
        """
    package static let failing = RuleExample(("providers/acne/local.yaml", RuleExample.ollama()))
    package static let passing = RuleExample(("providers/acme/local.yaml", RuleExample.ollama()))

    static func check(_ context: RepositoryContext, _ findings: inout Findings) {
        let repository = context.repository
        guard repository.roster.areProjectsKnown else { return }
        var reported: Set<String> = []
        var suggestions = NameSuggestions()
        let names = Array(repository.projects.keys)
        for folder in repository.listing.folders.sorted(by: { $0.path.precedesInBytes($1.path) }) {
            guard repository.projects[folder.project] == nil, reported.insert(folder.project).inserted else { continue }
            let nearest = suggestions.nearest(to: folder.project, in: "projects") { names }
            findings.report(
                Self.self,
                at: .path(folder.path),
                "roster.yaml has no project \(quoted(folder.project))",
                help: nearest.map { "did you mean the project \(quoted($0))?" }
                    ?? "add it under projects: roster project add \(folder.project)"
            )
        }
        let tokens = repository.roster.access?.tokens ?? []
        let help = tokens.isEmpty ? "" : "the projects are \(shortList(names.sorted()))"
        for token in tokens {
            guard let project = token.project.located, repository.projects[project.value] == nil else { continue }
            let nearest = suggestions.nearest(to: project.value, in: "projects") { names }
            findings.report(
                Self.self,
                at: .file(0, project.span),
                "there is no project \(quoted(project.value))",
                help: help,
                label: nearest.map { "did you mean \(quoted($0))?" },
                replacement: nearest.map { Diagnostic.Replacement(text: $0, isSafe: false) }
            )
        }
    }
}
