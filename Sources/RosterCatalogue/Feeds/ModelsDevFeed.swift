import RosterModel

/// The `api.json` of models.dev: providers by id, each with its `models` by id.
enum ModelsDevFeed {
    static let name = "models.dev"

    private static let slugs: [String: ProviderSlug] = [
        "openai": .openai, "anthropic": .anthropic, "google": .google, "groq": .groq, "xai": .xai, "azure": .azure,
        "amazon-bedrock": .bedrock,
    ]

    static func read(_ bytes: [UInt8], on day: CalendarDate) throws(CatalogueProblem) -> CatalogueDraft {
        var draft = CatalogueDraft(built: day)
        var json = try ModelJSON(bytes)
        try json.forEachMember(of: "the file") { (json, provider, _) throws(CatalogueProblem) in
            guard let slug = slugs[provider] else { return try json.skip() }
            try json.forEachMember(of: "a provider") { (json, name, _) throws(CatalogueProblem) in
                guard name == "models" else { return try json.skip() }
                try json.forEachMember(of: "\"models\"") { (json, id, place) throws(CatalogueProblem) in
                    guard ModelJSON.isName(id) else {
                        throw CatalogueProblem("it is not the name of a model", at: place)
                    }
                    let entry = try model(id, of: slug, on: day, &json)
                    guard draft.insert(entry) else {
                        throw CatalogueProblem("\(slug.rawValue) has \"\(ModelJSON.shown(id))\" twice", at: place)
                    }
                }
            }
        }
        try json.finish()
        return draft
    }

    private static func model(
        _ id: String,
        of slug: ProviderSlug,
        on day: CalendarDate,
        _ json: inout ModelJSON
    ) throws(CatalogueProblem) -> ModelEntry {
        var entry = ModelEntry(provider: slug, model: id)
        entry.sources = [ModelEntry.Source(name: name, seen: day)]
        try json.forEachMember(of: "a model") { (json, name, _) throws(CatalogueProblem) in
            switch name {
            case "cost": entry.price = json.takeNull() ? nil : try price(&json)
            case "limit":
                guard !json.takeNull() else { return }
                try json.forEachMember(of: "\"limit\"") { (json, name, _) throws(CatalogueProblem) in
                    guard name == "context" else { return try json.skip() }
                    entry.context = try json.tokens("\"context\"")
                }
            case "modalities": entry.kind = try kind(&json)
            default: try json.skip()
            }
        }
        return entry
    }

    /// Reads prices of a million tokens.
    private static func price(_ json: inout ModelJSON) throws(CatalogueProblem) -> ModelEntry.Price? {
        var (input, output): (String?, String?)
        try json.forEachMember(of: "\"cost\"") { (json, name, _) throws(CatalogueProblem) in
            switch name {
            case "input": input = try json.amount("\"input\"", timesTenToThe: 0)
            case "output": output = try json.amount("\"output\"", timesTenToThe: 0)
            default: try json.skip()
            }
        }
        guard let input, let output else { return nil }
        return ModelEntry.Price(input: input, output: output)
    }

    /// Reads the kind of a model from what it answers with.
    private static func kind(_ json: inout ModelJSON) throws(CatalogueProblem) -> ModelEntry.Kind {
        guard !json.takeNull() else { return .other }
        var outputs: Set<String> = []
        try json.forEachMember(of: "\"modalities\"") { (json, name, _) throws(CatalogueProblem) in
            guard name == "output" else { return try json.skip() }
            try json.forEachElement(of: "\"output\"") { (json) throws(CatalogueProblem) in
                outputs.insert(try json.string("an element of \"output\""))
            }
        }
        if outputs.contains("image") { return .image }
        if outputs.contains("audio") { return .audio }
        return outputs.contains("text") ? .chat : .other
    }
}
