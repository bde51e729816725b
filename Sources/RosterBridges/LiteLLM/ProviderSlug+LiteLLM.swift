package import RosterModel

extension ProviderSlug {
    /// The prefix of a model's name that makes LiteLLM use the same protocol.
    ///
    /// https://docs.litellm.ai/docs/providers
    package var prefixInLiteLLM: String {
        switch self {
        case .openai, .gateway, .custom: "openai"
        case .anthropic: "anthropic"
        case .google: "gemini"
        case .xai: "xai"
        case .groq: "groq"
        case .ollama: "ollama_chat"
        case .azure: "azure"
        case .bedrock: "bedrock"
        }
    }
}
