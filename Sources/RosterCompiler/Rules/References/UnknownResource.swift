import RosterDiagnostics
import RosterModel

/// `unknown-resource`: `resource` names no project or provider.
enum UnknownResource: Rule {
    static let name = "unknown-resource"
    static let severity = Severity.error
    static let summary = "`resource` names no project or provider"
    static let explanation = """
        A resource is *, <project>/* or <project>/<name>, by handles. One that names nothing matches nothing, and in \
        a Deny that would leave open what it was meant to close. A wildcard stands for a whole segment only.
        """
    static let failing = RuleExample(
        roster: RuleExample.access(
            policies: RuleExample.readerPolicy.replacing("acme/*", with: "acne/*")
        )
    )
    static let passing = RuleExample(
        roster: RuleExample.access(policies: RuleExample.readerPolicy)
    )

    static func check(_ model: LinkedModel, _ findings: inout Findings) {
        guard model.roster.areProjectsKnown else { return }
        let resources = (model.roster.access?.policies ?? []).flatMap(\.statements).flatMap(\.resources)
        guard !resources.isEmpty else { return }
        // Only the projects of which a provider is named: most resources end in a wildcard.
        let named = Set(
            resources.filter { !$0.value.hasSuffix("*") }.compactMap { $0.value.split(separator: "/").first }
        )
        let providers =
            named.isEmpty
            ? []
            : Set(
                model.listing.files.indices.filter { file in
                    model.listing.role(of: file) == .provider && named.contains(model.listing.project(of: file)[...])
                }.map(model.listing.fullName)
            )
        for resource in resources { check(resource, model, providers, &findings) }
    }

    private static func check(
        _ resource: Located<String>,
        _ model: LinkedModel,
        _ providers: Set<String>,
        _ findings: inout Findings
    ) {
        guard resource.value != "*" else { return }
        let parts = resource.value.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, Handle.isValid(parts[0].utf8), parts[1] == "*" || Handle.isValid(parts[1].utf8) else {
            findings.report(
                Self.self,
                at: .file(0, resource.span),
                "\(quoted(resource.value)) is no resource",
                help: "write *, <project>/* or <project>/<provider>, by handles"
            )
            return
        }
        if model.projects[parts[0]] == nil {
            let nearest = NearestName.find(parts[0], among: model.projects.keys)
            report(resource, "there is no project \(quoted(parts[0]))", nearest.map { $0 + "/" + parts[1] }, &findings)
        } else if parts[1] != "*", !providers.contains(resource.value) {
            let nearest = NearestName.find(parts[1], among: model.providerHandles(in: parts[0]))
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
