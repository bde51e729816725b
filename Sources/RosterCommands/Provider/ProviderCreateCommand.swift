import ArgumentParser
import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterModel

struct ProviderCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a provider: a new file, with an id of its own.",
        discussion: """
            On a terminal, what is missing is asked for. The change is printed as a diff; nothing is committed.
            """
    )

    @OptionGroup var globals: GlobalOptions

    @Option(help: ArgumentHelp("The project it belongs to.", valueName: "handle"))
    var project: String?

    @OptionGroup var fields: ProviderFieldOptions
    @OptionGroup var writing: WritingOptions

    func run() async throws {
        let session = try await EditSession(globals, .process)
        var (project, fields) = (project, fields)
        try ProviderQuestions(session).complete(&project, &fields)
        guard let project else { return }
        var object = JSONObject()
        for (path, value) in try fields.changes() { object.set(path, to: value) }
        let slug = fields.provider ?? ""
        let handle = fields.handle ?? session.editor.handle(for: fields.name ?? "", slug: slug, in: project)
        let provider = NewProvider(project: project, handle: handle, fields: object)
        do {
            try await session.perform(
                .createProvider(provider),
                writing,
                done: "created \(project)/\(handle); review and commit it"
            )
        } catch var failure as EditFailure where failure.diagnostics.contains(where: { $0.rule == "missing-secret" }) {
            let secret = session.survey.secrets.first { $0.project == project }?.handle
            failure.help =
                secret.map { "give it one: --secret \($0)" }
                ?? "seal one first: roster secret set \(project)/\(slug) --for \(slug), then give --secret \(slug)"
            throw failure
        }
    }
}

/// Asks for what is missing to make a provider, or says what it is.
struct ProviderQuestions {
    private let session: EditSession
    private let question: Question

    init(_ session: EditSession) {
        self.session = session
        question = Question(context: session.context)
    }

    func complete(_ project: inout String?, _ fields: inout ProviderFieldOptions) throws {
        let missing = [
            ("--project", project), ("--name", fields.name), ("--provider", fields.provider),
            ("--default-model", fields.defaultModel),
        ].filter { $0.1 == nil }.map(\.0)
        guard !missing.isEmpty else { return }
        guard question.canAsk else {
            throw CommandFailure.usage(
                "missing \(missing.joined(separator: ", "))",
                help: "roster provider create --project HANDLE --name TEXT --provider SLUG --default-model TEXT"
            )
        }
        if project == nil { project = try askProject() }
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
        guard let facts = fields.provider.flatMap(ProviderSlug.init(rawValue:))?.facts, let project else { return }
        if facts.endpoint == nil, fields.baseUrl == nil { fields.baseUrl = try question.ask("base URL") }
        let isConfigured =
            fields.configJson != nil
            || fields.config.contains { setting in
                facts.requiredConfig.map { setting.hasPrefix($0.description + "=") } ?? true
            }
        if let key = facts.requiredConfig?.description, !isConfigured {
            fields.config.append("\(key)=\(try question.ask(key))")
        }
        if facts.secret == .required, fields.secret == nil { fields.secret = try askSecret(of: project) }
    }

    private func askProject() throws -> String {
        let projects = session.survey.projects.map(\.handle)
        guard !projects.isEmpty else {
            throw CommandFailure.impossible("roster.yaml has no project", help: "add one: roster project add HANDLE")
        }
        guard projects.count > 1 else { return try question.ask("project", orElse: projects[0]) }
        return try question.choose("project", among: projects.map { ($0, "") })
    }

    private func askSecret(of project: String) throws -> String? {
        let secrets = session.survey.secrets.filter { $0.project == project }
        guard !secrets.isEmpty else { return nil }
        return try question.choose(
            "secret",
            among: secrets.map { ($0.handle, $0.allowedHosts.joined(separator: ", ")) }
        )
    }
}
