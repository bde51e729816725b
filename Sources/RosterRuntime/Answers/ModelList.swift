import RosterJSON
import RosterModel

/// The lists of models.
enum ModelList {
    /// Nil when the body has no list.
    static func read(_ body: JSONObject, _ family: ProtocolFamily) -> ModelPage? {
        let member =
            switch family {
            case .openai, .anthropic: "data"
            case .google, .ollama: "models"
            case .bedrock: "modelSummaries"
            }
        guard case .array(let elements)? = body[member] else {
            // Google omits an empty list.
            guard family == .google, body["error"] == nil else { return nil }
            return ModelPage(models: [], next: next(body, [], family))
        }
        let models = elements.compactMap { $0.object.flatMap { model($0, family) } }
        return ModelPage(models: models, next: next(body, models, family))
    }

    private static func model(_ model: JSONObject, _ family: ProtocolFamily) -> ProviderModel? {
        func text(_ name: String) -> String? { model[name]?.string.flatMap { $0.isEmpty ? nil : $0 } }
        switch family {
        case .openai:
            guard let id = text("id") else { return nil }
            return ProviderModel(
                id: id,
                displayName: text("display_name") ?? text("name"),
                vendor: text("owned_by"),
                lifecycle: text("lifecycle_status") ?? activity(model["active"])
            )
        case .anthropic:
            return text("id").map { ProviderModel(id: $0, displayName: text("display_name")) }
        case .google:
            guard let name = text("name") else { return nil }
            let id = name.hasPrefix("models/") ? String(name.dropFirst("models/".count)) : name
            return ProviderModel(id: id, displayName: text("displayName"))
        case .ollama:
            return (text("model") ?? text("name")).map { ProviderModel(id: $0) }
        case .bedrock:
            guard let id = text("modelId") else { return nil }
            return ProviderModel(
                id: id,
                displayName: text("modelName"),
                vendor: text("providerName"),
                lifecycle: model["modelLifecycle"]?.object?["status"]?.string
            )
        }
    }

    private static func activity(_ value: JSONValue?) -> String? {
        guard case .boolean(let isActive)? = value else { return nil }
        return isActive ? "active" : "inactive"
    }

    /// Returns the token of the next page: never a URL of the body.
    private static func next(_ body: JSONObject, _ models: [ProviderModel], _ family: ProtocolFamily) -> PageToken? {
        switch family {
        case .google:
            return body["nextPageToken"]?.string.flatMap {
                $0.isEmpty ? nil : PageToken(parameter: "pageToken", value: $0)
            }
        case .anthropic, .openai:
            guard case .boolean(true)? = body["has_more"], let last = body["last_id"]?.string ?? models.last?.id else {
                return nil
            }
            return PageToken(parameter: family == .anthropic ? "after_id" : "after", value: last)
        case .ollama: return nil
        case .bedrock:
            return body["nextToken"]?.string.flatMap { $0.isEmpty ? nil : PageToken(parameter: "nextToken", value: $0) }
        }
    }
}
