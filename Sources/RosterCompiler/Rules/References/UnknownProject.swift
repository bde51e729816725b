import RosterBytes
import RosterDiagnostics
import RosterModel
import RosterSources

/// `unknown-project`: a folder with no entry under `projects`.
enum UnknownProject: Rule {
    static let name = "unknown-project"
    static let severity = Severity.error
    static let summary = "a folder with no entry under `projects`"
    static let explanation = """
        Every folder under providers/ and secrets/ is a project and needs an entry in roster.yaml with an id and a \
        name; a token may also name only a project that is there. Add the entry, or correct the name of the folder.
        """
    static let failing = RuleExample(("providers/acne/local.yaml", RuleExample.ollama()))
    static let passing = RuleExample(("providers/acme/local.yaml", RuleExample.ollama()))

    static func check(_ model: LinkedModel, _ findings: inout Findings) {
        guard model.roster.areProjectsKnown else { return }
        var reported: Set<String> = []
        var suggestions = NameSuggestions()
        let names = Array(model.projects.keys)
        for folder in model.listing.folders.sorted(by: { $0.path.precedesInBytes($1.path) }) {
            guard model.projects[folder.project] == nil, reported.insert(folder.project).inserted else { continue }
            let nearest = suggestions.nearest(to: folder.project, in: "projects") { names }
            findings.report(
                Self.self,
                at: .path(folder.path),
                "roster.yaml has no project \(quoted(folder.project))",
                help: nearest.map { "did you mean the project \(quoted($0))?" }
                    ?? "add it under projects: roster project add \(folder.project)"
            )
        }
        let tokens = model.roster.access?.tokens ?? []
        let help = tokens.isEmpty ? "" : "the projects are \(shortList(names.sorted()))"
        for token in tokens {
            guard let project = token.project.located, model.projects[project.value] == nil else { continue }
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
