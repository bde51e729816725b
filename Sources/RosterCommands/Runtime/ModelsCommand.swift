import ArgumentParser
import RosterDiagnostics
import RosterJSON
import RosterModel
import RosterRuntime

/// The command that lists the models of a provider.
struct ModelsCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "Ask a provider which models it has for its key.",
        discussion: "Needs an identity when the provider has a secret. The default model is marked with an asterisk."
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle> or an id", valueName: "provider"))
    var target: String

    @OptionGroup var options: RuntimeOptions
    @OptionGroup var identities: IdentityOptions

    @Flag(help: "Print the request, and send nothing.")
    var dryRun = false

    @Option(help: "The output format.")
    var format: ListFormat = .text

    func run(_ context: CommandContext) async throws {
        let session = try await RuntimeSession(globals, options, identities, context)
        let endpoint = try session.open(session.provider(target))
        let models: [ProviderModel]
        do {
            if dryRun { return try session.show(endpoint.modelsRequest()) }
            models = try await session.client().models(endpoint)
        } catch let failure as ProviderFailure { throw CommandFailure(failure) }
        let provider = endpoint.provider
        let missing = "\(provider.record.defaultModel), the default model of \(provider.name), is not in the list"
        guard format == .text else {
            try session.print { $0.models(models, of: provider) }
            if !models.contains(where: provider.isDefault) { try session.note(missing) }
            return
        }
        let rows = models.map { model in
            [
                provider.isDefault(model) ? "*" : "", model.id, model.displayName ?? "", model.vendor ?? "",
                model.lifecycle ?? "",
            ]
        }
        try session.table(rows)
        if !models.contains(where: provider.isDefault) { try session.printLine(missing) }
    }
}

extension JSONWriter {
    /// Writes the models of a provider.
    fileprivate mutating func models(_ models: [ProviderModel], of provider: RegisteredProvider) {
        array(of: models) { model, json in
            json.object { json in
                json.name("id")
                json.string(model.id)
                json.name("displayName")
                json.string(model.displayName)
                json.name("vendor")
                json.string(model.vendor)
                json.name("lifecycle")
                json.string(model.lifecycle)
                json.name("default")
                json.boolean(provider.isDefault(model))
            }
        }
    }
}
