import RosterBytes
import RosterModel

/// LiteLLM's `model_prices_and_context_window.json`: an object of models by LiteLLM's own names.
enum LiteLLMFeed {
    static let name = "litellm"

    /// The facts of one member.
    private struct Facts {
        var provider: String?
        var mode: String?
        var retires: CalendarDate?
        var url: String?
        var successor: String?
        var context: Int?
        var input: String?
        var output: String?
    }

    static func read(_ bytes: [UInt8], on day: CalendarDate) throws(CatalogueProblem) -> CatalogueDraft {
        var found: [(owner: Owner, facts: Facts)] = []
        var json = try ModelJSON(bytes)
        try json.forEachMember(of: "the file") { (json, key, place) throws(CatalogueProblem) in
            // The member describes the others, with words in place of values.
            guard key != "sample_spec" else { return try json.skip() }
            var facts = Facts()
            try json.forEachMember(of: "a model") { (json, name, _) throws(CatalogueProblem) in
                try read(name, &json, &facts)
            }
            guard let owner = Owner(facts.provider, key) else { return }
            guard ModelJSON.isName(owner.model) else {
                throw CatalogueProblem("it is not the name of a model", at: place)
            }
            found.append((owner, facts))
        }
        try json.finish()
        var draft = CatalogueDraft(built: day)
        // The price of the model itself precedes those of its regions.
        let longest = found.map(\.owner.length).max() ?? 0
        for length in 0...longest {
            for (owner, facts) in found where owner.length == length { draft.merge(entry(owner, facts, on: day)) }
        }
        foldRegions(in: &draft)
        return draft
    }

    private static func read(
        _ name: String,
        _ json: inout ModelJSON,
        _ facts: inout Facts
    ) throws(CatalogueProblem) {
        switch name {
        case "litellm_provider": facts.provider = try json.optionalString("\"\(name)\"")
        case "mode": facts.mode = try json.optionalString("\"\(name)\"")
        case "deprecation_date": facts.retires = try json.optionalDate("\"\(name)\"")
        case "deprecation_source":
            let url = try json.optionalString("\"\(name)\"")
            // An address with a subscription or a placeholder in it leads nowhere.
            facts.url = url.flatMap { ModelJSON.isAddress($0) && !$0.contains("subscriptions/") ? $0 : nil }
        case "successor_model": facts.successor = try json.optionalString("\"\(name)\"")
        case "max_input_tokens": facts.context = try tokens(&json)
        case "input_cost_per_token": facts.input = try json.amount("\"\(name)\"", timesTenToThe: 6)
        case "output_cost_per_token": facts.output = try json.amount("\"\(name)\"", timesTenToThe: 6)
        default: try json.skip()
        }
    }

    /// Reads a number of tokens; some rows have a text instead.
    private static func tokens(_ json: inout ModelJSON) throws(CatalogueProblem) -> Int? {
        guard json.peek() != UInt8(ascii: "\"") else {
            try json.skip()
            return nil
        }
        return try json.tokens("\"max_input_tokens\"")
    }

    private static func entry(_ owner: Owner, _ facts: Facts, on day: CalendarDate) -> ModelEntry {
        var entry = ModelEntry(provider: owner.slug, model: owner.model)
        entry.retires = facts.retires
        if let successor = facts.successor, ModelJSON.isName(successor) {
            entry.successors = [Owner(facts.provider, successor)?.model ?? successor]
        }
        entry.context = facts.context
        if let input = facts.input, let output = facts.output {
            entry.price = ModelEntry.Price(input: input, output: output)
        }
        entry.kind = kind(of: facts.mode)
        entry.sources = [ModelEntry.Source(name: name, seen: day, url: facts.retires == nil ? nil : facts.url)]
        return entry
    }

    private static func kind(of mode: String?) -> ModelEntry.Kind {
        switch mode {
        case "chat", "responses", "completion": .chat
        case "embedding": .embedding
        case "image_generation", "image_edit": .image
        case "audio_transcription", "audio_speech", "realtime": .audio
        case "rerank": .rerank
        default: .other
        }
    }

    /// A provider of Roster, and the name that requests give the model.
    private struct Owner {
        var slug: ProviderSlug
        var model: String
        /// The number of components in LiteLLM's name.
        var length: Int

        init?(_ provider: String?, _ key: String) {
            let parts = key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            model = parts.last ?? key
            length = parts.count
            switch provider {
            // The components before the name are qualities and sizes of images, which have different prices.
            case "openai", "text-completion-openai": slug = .openai
            case "anthropic": slug = .anthropic
            case "gemini": slug = .google
            case "xai": slug = .xai
            case "groq":
                slug = .groq
                // A name of Groq may have the maker's name in it.
                if parts.first == "groq" { model = parts.dropFirst().joined(separator: "/") }
            // The components before the name are regions and kinds of deployments.
            case "azure", "azure_text", "azure_ai": slug = .azure
            // The components before the name are regions, commitments and protocols.
            case "bedrock", "bedrock_converse", "bedrock_mantle": slug = .bedrock
            case let provider? where provider == "vertex_ai" || provider.hasPrefix("vertex_ai-"):
                slug = .google
                model = Self.vertexName(parts, provider)
            default: return nil
            }
        }

        /// Returns the name of a model of Vertex AI, whose dates differ from those of the Gemini API.
        private static func vertexName(_ parts: [String], _ provider: String) -> String {
            let name = parts.last ?? ""
            let publisher = parts.count > 2 ? parts[parts.count - 2] : publishers[provider] ?? publisher(of: name)
            return "publishers/\(publisher)/models/\(name)"
        }

        private static let publishers = [
            "vertex_ai-anthropic_models": "anthropic", "vertex_ai-mistral_models": "mistralai",
            "vertex_ai-ai21_models": "ai21", "vertex_ai-llama_models": "meta",
        ]

        private static func publisher(of name: String) -> String {
            name.hasPrefix("claude") ? "anthropic" : "google"
        }
    }

    /// Removes the models of bedrock that differ from another only in the region's prefix, and in their price.
    private static func foldRegions(in draft: inout CatalogueDraft) {
        for entry in draft.entries where entry.provider == .bedrock {
            guard let dot = entry.model.firstIndex(of: "."), regions.contains(String(entry.model[..<dot])),
                let bare = draft.entry(.bedrock, String(entry.model[entry.model.index(after: dot)...])),
                bare.retires == entry.retires
            else { continue }
            draft.remove(.bedrock, entry.model)
        }
    }

    private static let regions: Set<String> = ["us", "eu", "apac", "global", "us-gov", "au", "jp", "ca"]
}
