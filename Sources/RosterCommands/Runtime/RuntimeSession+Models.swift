import RosterJSON
import RosterModel
import RosterRuntime

extension RuntimeSession {
    /// Prints the models that a provider lists.
    func listModels(_ target: String, isDryRun: Bool, _ format: ModelsFormat) async throws {
        let endpoint = try open(provider(target))
        let models: [ProviderModel]
        do {
            if isDryRun { return try show(endpoint.modelsRequest(), to: endpoint.provider.name, format.list) }
            models = try await client().models(endpoint)
        } catch let failure as ProviderFailure { throw CommandFailure(failure) }
        let provider = endpoint.provider
        let missing = "\(provider.record.defaultModel), the default model of \(provider.name), is not in the list"
        guard format == .text else {
            try print { $0.models(models, of: provider) }
            if !models.contains(where: provider.isDefault) { try note(missing) }
            return
        }
        let rows = models.map { model in
            [
                provider.isDefault(model) ? "*" : "", model.id, model.displayName ?? "", model.vendor ?? "",
                model.lifecycle ?? "",
            ]
        }
        try table(rows)
        if !models.contains(where: provider.isDefault) { try printLine(missing) }
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
