import RosterBytes
import RosterJSON
import RosterModel

/// The provider and the model that LiteLLM sends the requests of a deployment to.
struct LiteLLMTarget {
    /// The reason for which a deployment is refused.
    struct Refusal: Error {
        var message: String
        /// The parameter with the problem.
        var parameter = "model"
    }

    var vendor: LiteLLMVendor
    var slug: ProviderSlug
    /// The model as it is sent.
    var model: String
    /// The parts of the model's name that are not sent, or that were added.
    var remarks: [String] = []
    /// The region in the model's name, for Bedrock.
    var region: String?

    /// A Boolean value that indicates whether the name stands for every model of the provider.
    var isWildcard: Bool { model.contains("*") }

    /// Finds the target by LiteLLM's rules.
    ///
    /// - Parameters:
    ///   - text: the value of `model`.
    ///   - custom: the value of `custom_llm_provider`; nil without one.
    ///   - baseURL: the value of `api_base`; nil without one.
    /// - Throws: ``Refusal`` for a model that no provider can have.
    init(model text: String, custom: String?, baseURL: String?) throws(Refusal) {
        var text = text
        if let custom, text.split(separator: "/").first.map(String.init) != custom { text = custom + "/" + text }
        let slash = text.firstIndex(of: "/")
        let prefix = slash.map { String(text[..<$0]) }
        if let prefix, let slash, let found = LiteLLMVendor.named(prefix) {
            vendor = found
            model = String(text[text.index(after: slash)...])
        } else {
            guard custom == nil else {
                throw Refusal(message: "its provider is not known", parameter: "custom_llm_provider")
            }
            guard text != "*" else {
                throw Refusal(
                    message:
                        "\"*\" stands for the models of every provider; name providers instead: openai/*, anthropic/*"
                )
            }
            guard let found = try Self.inferred(from: text, baseURL: baseURL) else {
                throw Refusal(
                    message: "LiteLLM knows no provider of this model; write it before the model, such as openai/"
                )
            }
            vendor = found
            model = text
        }
        if let refusal = vendor.refusal { throw Refusal(message: refusal) }
        slug =
            switch vendor.wire {
            case .slug(let slug): slug
            case .gateway: .gateway
            case .compatible, .server, .translated, .unsupported: .custom
            }
        try readRoutes(prefix)
        guard !model.isEmpty else { throw Refusal(message: "the model has no name") }
        if case .translated = vendor.wire {
            remarks.append(
                "LiteLLM translates to this vendor's own protocol; the provider uses its OpenAI-compatible one"
            )
        }
    }

    /// Removes the parts of the model's name that choose a protocol in LiteLLM.
    private mutating func readRoutes(_ prefix: String?) throws(Refusal) {
        switch slug {
        case .openai, .azure:
            for route in ["responses/", "chat/completions/", "o_series/", "gpt5_series/"] where model.hasPrefix(route) {
                model.removeFirst(route.utf8.count)
                if route == "responses/" {
                    remarks.append("LiteLLM uses the Responses API for it; the provider names the model alone")
                }
            }
        case .bedrock:
            let unusable = ["invoke_agent/", "agent/", "agentcore/", "async_invoke/", "nova/", "openai/", "mantle/"]
            if let route = unusable.first(where: model.hasPrefix) {
                throw Refusal(message: "\(route) is not a model that Bedrock's Converse API takes")
            }
            for route in ["converse/", "invoke/", "converse_like/"] where model.hasPrefix(route) {
                model.removeFirst(route.utf8.count)
                if route != "converse/" { remarks.append("Roster uses the Converse API") }
            }
            let parts = model.split(separator: "/", maxSplits: 1)
            if parts.count == 2, EndpointSetting.region.matches(String(parts[0])), !model.hasPrefix("arn:") {
                region = String(parts[0])
                model = String(parts[1])
            }
        case .ollama where prefix == "ollama":
            remarks.append(
                "LiteLLM's ollama/ sends to /api/generate, and the provider to /api/chat, as ollama_chat/ does"
            )
        case .custom where vendor.name == "fireworks_ai" && !model.contains("/") && !isWildcard:
            model = "accounts/fireworks/models/" + model
            remarks.append("defaultModel \(model), as LiteLLM sends it")
        default: break
        }
    }

    /// Returns the provider of a model without a prefix, as LiteLLM finds it in its list of models.
    private static func inferred(from model: String, baseURL: String?) throws(Refusal) -> LiteLLMVendor? {
        if let baseURL, let url = try? BaseURL(baseURL) {
            let host = url.origin.host
            let found = LiteLLMVendor.table.first { vendor in
                guard let known = vendor.knownURL.flatMap({ try? BaseURL($0) }) else { return false }
                return known.origin.host == host && host.description != "localhost"
            }
            if let found { return found }
        }
        guard !model.contains("/") else { return nil }
        if model.hasPrefix("gemini-") {
            throw Refusal(
                message: "LiteLLM sends a Gemini model without a prefix to Vertex AI, which takes no key; "
                    + "write gemini/\(model) for the Gemini API"
            )
        }
        let dots = model.split(separator: ".")
        let vendors = ["anthropic", "amazon", "meta", "cohere", "mistral", "ai21", "deepseek", "openai", "qwen"]
        if dots.count > 1, vendors.contains(where: { dots[0] == $0 || dots.count > 2 && dots[1] == $0 }) {
            return LiteLLMVendor.named("bedrock")
        }
        for (vendor, prefixes) in families where prefixes.contains(where: model.hasPrefix) {
            return LiteLLMVendor.named(vendor)
        }
        return nil
    }

    /// The beginnings of the models of vendors whose models LiteLLM knows without a prefix.
    private static let families: [(vendor: String, prefixes: [String])] = [
        (
            "openai",
            [
                "gpt-", "chatgpt-", "o1", "o3", "o4", "ft:gpt-", "text-embedding-", "omni-moderation", "dall-e-",
                "whisper-", "tts-", "codex-", "computer-use-",
            ]
        ), ("anthropic", ["claude-"]), ("cohere_chat", ["command-"]),
    ]
}
