package import RosterDiagnostics
package import RosterFrontend
import RosterModel
import RosterSources

/// `unknown-resource`: `resource` does not match any project or provider.
package enum UnknownResource: RepositoryRule {
    package static let name = "unknown-resource"
    package static let severity = Severity.error
    package static let summary = "`resource` does not match any project or provider"
    package static let explanation = """
        A resource is *, <project>/* or <project>/<name>, written with handles. A resource that does not exist matches \
        nothing, so a Deny with it denies nothing. A wildcard always replaces a whole segment.
        """
    package static let failing = RuleExample(
        roster: RuleExample.access(
            policies: RuleExample.readerPolicy.replacing("acme/*", with: "acne/*")
        )
    )
    package static let passing = RuleExample(
        roster: RuleExample.access(policies: RuleExample.readerPolicy)
    )

    static func check(_ context: RepositoryContext, _ findings: inout Findings) {
        let repository = context.repository
        guard repository.roster.areProjectsKnown else { return }
        let resources = (repository.roster.access?.policies ?? []).flatMap(\.statements).flatMap(\.resources)
        guard !resources.isEmpty else { return }
        // Only the projects of which a provider is named: most resources end in a wildcard.
        let named = Set(
            resources.filter { !$0.value.hasSuffix("*") }.compactMap { $0.value.split(separator: "/").first }
        )
        var providers = Providers()
        if !named.isEmpty {
            for file in repository.listing.files.indices.dropFirst()
            where repository.listing.role(of: file) == .provider {
                let project = repository.listing.project(of: file)
                if named.contains(project[...]) { providers.add(repository.listing.handle(of: file), of: project) }
            }
        }
        for resource in resources { check(resource, repository, &providers, &findings) }
    }

    /// The handles of providers, broken files included, by project.
    private struct Providers {
        private var handles: [String: Set<String>] = [:]
        var suggestions = NameSuggestions()

        mutating func add(_ handle: String, of project: String) { handles[project, default: []].insert(handle) }

        subscript(project: String) -> Set<String> { handles[project] ?? [] }

        mutating func nearest(to handle: String, in project: String) -> String? {
            let handles = self[project]
            return suggestions.nearest(to: handle, in: project + "/*") { Array(handles) }
        }
    }

    private static func check(
        _ resource: Located<String>,
        _ repository: LinkedRepository,
        _ providers: inout Providers,
        _ findings: inout Findings
    ) {
        guard resource.value != "*" else { return }
        let parts = resource.value.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, Handle.isValid(parts[0].utf8), parts[1] == "*" || Handle.isValid(parts[1].utf8) else {
            let isPartial = parts.count == 2 && resource.value.contains("*")
            let project = repository.projects[parts[0]] == nil ? "<project>" : parts[0]
            findings.report(
                Self.self,
                at: .file(0, resource.span),
                isPartial
                    ? "in \(quoted(resource.value)) the * is only a part of a name; it must replace the whole name"
                    : "\(quoted(resource.value)) is not a resource",
                help: "write \(quoted("\(project)/*")) for all providers of a project, or name each: "
                    + "\(quoted("\(project)/<provider>"))"
            )
            return
        }
        if repository.projects[parts[0]] == nil {
            let nearest = providers.suggestions.nearest(to: parts[0], in: "projects") {
                Array(repository.projects.keys)
            }
            report(resource, "there is no project \(quoted(parts[0]))", nearest.map { $0 + "/" + parts[1] }, &findings)
        } else if parts[1] != "*", !providers[parts[0]].contains(parts[1]) {
            let nearest = providers.nearest(to: parts[1], in: parts[0])
            let message = "the project \(quoted(parts[0])) has no provider \(quoted(parts[1]))"
            report(resource, message, nearest.map { parts[0] + "/" + $0 }, &findings)
        }
    }

    private static func report(
        _ resource: Located<String>,
        _ message: String,
        _ nearest: String?,
        _ findings: inout Findings
    ) {
        findings.report(
            Self.self,
            at: .file(0, resource.span),
            message,
            label: nearest.map { "did you mean \(quoted($0))?" },
            replacement: nearest.map { Diagnostic.Replacement(text: $0, isSafe: false) }
        )
    }
}
