import RosterCompiler
import RosterEditing
import RosterJSON
import RosterModel
import RosterSemantics

/// The properties of a provider to create.
struct ProviderAnswers {
    var project: String?
    var fields: ProviderFieldOptions
    /// A Boolean value that indicates whether its secret is created with it.
    var isSealing: Bool
}

extension ProviderAnswers {
    /// Returns the provider to create; nil without a project.
    func newProvider(in editor: Editor) throws -> NewProvider? {
        guard let project else { return nil }
        var object = JSONObject()
        for (path, value) in try fields.changes() { object.set(path, to: value) }
        let handle = fields.handle ?? editor.handle(for: fields.name ?? "", slug: fields.provider ?? "", in: project)
        return NewProvider(project: project, handle: handle, fields: object)
    }
}

extension NewProvider {
    /// `<project>/<handle>`.
    var fullName: String { "\(project)/\(handle ?? "")" }
    /// The line that reports that the provider was created.
    var report: String { "created \(fullName); review and commit it" }
}

/// Asks on the terminal for the missing properties of a new provider; without a terminal, names them in an error.
struct ProviderQuestions {
    private let session: EditSession
    private let question: Question

    init(_ session: EditSession) {
        self.session = session
        question = Question(context: session.context)
    }

    func complete(_ answers: inout ProviderAnswers) throws {
        let missing = [
            ("--project", answers.project), ("--name", answers.fields.name), ("--provider", answers.fields.provider),
            ("--default-model", answers.fields.defaultModel),
        ].filter { $0.1 == nil }.map(\.0)
        guard !missing.isEmpty else { return }
        guard question.canAsk else {
            throw CommandFailure.usage(
                "missing \(missing.joined(separator: ", "))",
                help: "roster provider create --project HANDLE --name TEXT --provider SLUG --default-model TEXT"
            )
        }
        if answers.project == nil { answers.project = try askProject() }
        try completeFields(&answers.fields)
        guard let facts = facts(of: answers.fields), let project = answers.project else { return }
        if facts.secret == .required, answers.fields.secret == nil, !answers.isSealing {
            answers.fields.secret = try askSecret(of: project)
            answers.isSealing = answers.fields.secret == nil
        }
    }

    private func facts(of fields: ProviderFieldOptions) -> SlugFacts? {
        fields.provider.flatMap(ProviderSlug.init(rawValue:))?.facts
    }

    private func completeFields(_ fields: inout ProviderFieldOptions) throws {
        if fields.name == nil { fields.name = try question.ask("name") }
        if fields.provider == nil {
            fields.provider = try question.choose(
                "provider",
                among: ProviderSlug.allCases.map {
                    ($0.rawValue, $0.facts.title.description)
                }
            )
        }
        if fields.defaultModel == nil { fields.defaultModel = try question.ask("default model") }
        guard let facts = facts(of: fields) else { return }
        if facts.endpoint == nil, fields.baseUrl == nil { fields.baseUrl = try question.ask("base URL") }
        let isConfigured =
            fields.configJson != nil
            || fields.config.contains { setting in
                facts.requiredConfig.map { setting.hasPrefix($0.description + "=") } ?? true
            }
        if let key = facts.requiredConfig?.description, !isConfigured {
            fields.config.append("\(key)=\(try question.ask(key))")
        }
    }

    private func askProject() throws -> String {
        let projects = session.survey.projects.map(\.handle)
        guard !projects.isEmpty else {
            throw CommandFailure.impossible("roster.yaml has no project", help: "add one: roster project add HANDLE")
        }
        guard projects.count > 1 else { return try question.ask("project", orElse: projects[0]) }
        return try question.choose("project", among: projects.map { ($0, "") })
    }

    /// Asks for the secret of the project to link; returns nil to seal a new one.
    private func askSecret(of project: String) throws -> String? {
        let secrets = session.survey.secrets.filter { $0.project == project }
        guard !secrets.isEmpty else { return nil }
        let new = "--seal"
        let answer = try question.choose(
            "secret",
            among: secrets.map { ($0.handle, $0.allowedHosts.map(\.text).joined(separator: ", ")) }
                + [(new, "a new secret, from a key that is typed next")]
        )
        return answer == new ? nil : answer
    }
}
