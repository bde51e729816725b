import RosterCompiler
import RosterJSON
import RosterModel
package import RosterSemantics

/// A user who can be asked for missing properties.
package protocol Respondent {
    /// Returns a line that is not empty, or the default for an empty one.
    func ask(_ words: String, orElse fallback: String?) throws -> String
    /// Returns a choice from a list, by number or by name.
    func choose(_ words: String, among choices: [(name: String, title: String)]) throws -> String
}

/// The properties of a provider to create, from arguments and from answers to questions.
package struct ProviderAnswers: Sendable {
    /// The project's handle.
    package var project: String?
    package var fields: ProviderArguments
    /// A Boolean value that indicates whether its secret is created with it.
    package var isSealing: Bool

    /// Creates answers from arguments.
    package init(project: String?, fields: ProviderArguments, isSealing: Bool) {
        (self.project, self.fields, self.isSealing) = (project, fields, isSealing)
    }

    /// Returns the provider to create; nil without a project.
    ///
    /// - Throws: ``EditFailure`` when an argument is not valid.
    package func newProvider(in editor: Editor) throws(EditFailure) -> NewProvider? {
        guard let project else { return nil }
        var object = JSONObject()
        for (path, value) in try fields.changes() { object.set(path, to: value) }
        let handle = fields.handle ?? editor.handle(for: fields.name ?? "", slug: fields.provider ?? "", in: project)
        return NewProvider(project: project, handle: handle, fields: object)
    }

    /// Asks for missing properties.
    ///
    /// - Parameters:
    ///   - survey: the records of the repository.
    ///   - respondent: the user; nil without a terminal.
    /// - Throws: ``EditFailure`` that names the missing properties without a terminal, and the respondent's errors.
    package mutating func complete(in survey: PartialRegistry.Outline, asking respondent: (any Respondent)?) throws {
        let missing = [
            ("--project", project), ("--name", fields.name), ("--provider", fields.provider),
            ("--default-model", fields.defaultModel),
        ].filter { $0.1 == nil }.map(\.0)
        guard !missing.isEmpty else { return }
        guard let respondent else {
            throw EditFailure(
                .invalid,
                "missing \(missing.joined(separator: ", "))",
                help: "roster provider create --project HANDLE --name TEXT --provider SLUG --default-model TEXT"
            )
        }
        if project == nil { project = try Self.askProject(in: survey, respondent) }
        try fields.complete(asking: respondent)
        guard fields.facts?.secret == .required, let project, fields.secret == nil, !isSealing else { return }
        fields.secret = try Self.askSecret(of: project, in: survey, respondent)
        isSealing = fields.secret == nil
    }

    private static func askProject(in survey: PartialRegistry.Outline, _ respondent: any Respondent) throws -> String {
        let projects = survey.projects.map(\.handle)
        guard !projects.isEmpty else {
            throw EditFailure(.notFound, "roster.yaml has no project", help: "add one: roster project add HANDLE")
        }
        guard projects.count > 1 else { return try respondent.ask("project", orElse: projects[0]) }
        return try respondent.choose("project", among: projects.map { ($0, "") })
    }

    /// Asks for the secret of the project to link; returns nil to seal a new one.
    private static func askSecret(
        of project: String,
        in survey: PartialRegistry.Outline,
        _ respondent: any Respondent
    ) throws -> String? {
        let secrets = survey.secrets.filter { $0.project == project }
        guard !secrets.isEmpty else { return nil }
        let new = "--seal"
        let answer = try respondent.choose(
            "secret",
            among: secrets.map { ($0.handle, $0.allowedHosts.map(\.text).joined(separator: ", ")) }
                + [(new, "a new secret, from a key that is typed next")]
        )
        return answer == new ? nil : answer
    }
}

extension ProviderArguments {
    /// Asks for missing fields that every provider has, and for those that its slug needs.
    fileprivate mutating func complete(asking respondent: any Respondent) throws {
        if name == nil { name = try respondent.ask("name", orElse: nil) }
        if provider == nil {
            let slugs = ProviderSlug.allCases.map { (name: $0.rawValue, title: $0.facts.title.description) }
            provider = try respondent.choose("provider", among: slugs)
        }
        if defaultModel == nil { defaultModel = try respondent.ask("default model", orElse: nil) }
        guard let facts else { return }
        if facts.endpoint == nil, baseURL == nil { baseURL = try respondent.ask("base URL", orElse: nil) }
        let isConfigured =
            configJSON != nil
            || config.contains { setting in
                facts.requiredConfig.map { setting.hasPrefix($0.description + "=") } ?? true
            }
        if let key = facts.requiredConfig?.description, !isConfigured {
            config.append("\(key)=\(try respondent.ask(key, orElse: nil))")
        }
    }
}

extension NewProvider {
    /// `<project>/<handle>`.
    package var fullName: String { "\(project)/\(handle ?? "")" }
}
