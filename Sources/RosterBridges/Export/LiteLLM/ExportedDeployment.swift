import RosterModel

/// The model and the base URL with which LiteLLM sends a provider's requests to the URL of `ping`.
struct ExportedDeployment {
    /// The value of `model`, with the prefix that chooses the protocol.
    let model: String
    /// The parameter that holds the base URL.
    let baseParameter: String
    /// The base URL without the path that LiteLLM appends.
    let base: String
    /// The value of `api_version`.
    let apiVersion: String?

    /// The version that makes LiteLLM use Azure's API without dated versions.
    private static let undatedVersion = "v1"

    /// Creates the target of a provider; nil when LiteLLM would send its requests to a different URL.
    init?(_ provider: ExportedProvider) {
        let slug = provider.slug
        var name = provider.record.defaultModel
        var suffix = ""
        // The path that LiteLLM appends; nil if it is always that of Roster.
        var path: String? = "/chat/completions"
        var version: String?
        var prefix = slug.prefixInLiteLLM + "/"
        switch slug {
        case .openai, .xai, .groq, .gateway, .custom:
            // A name that LiteLLM sends to another API.
            guard !name.hasPrefix("responses/") else { return nil }
        case .anthropic: (suffix, path) = ("/v1", "/v1/messages")
        case .google:
            // LiteLLM does not encode the model.
            if name.hasPrefix("models/") { name = String(name.dropFirst("models/".count)) }
            path = "/models/\(name):generateContent"
        case .ollama: path = "/api/chat"
        case .azure:
            version = provider.setting("apiVersion")
            // Names of the API without dated versions, which are versions for Roster.
            if let version, ["latest", "preview", Self.undatedVersion].contains(version) { return nil }
            (suffix, path) = version == nil ? ("/openai/v1", "/openai/v1/chat/completions") : ("/openai", nil)
            version = version ?? Self.undatedVersion
        case .bedrock:
            // The beginning of a name can be a region or a protocol for LiteLLM, but not that of an ARN.
            guard !name.utf8.contains(UInt8(ascii: "/")) || name.hasPrefix("arn:") else { return nil }
            prefix += "converse/"
            path = nil
        }
        guard let base = provider.baseURL(without: suffix) else { return nil }
        if let path {
            let url = provider.endpoint.chat.description.prefix { $0 != "?" }
            guard url == base + path, !base.hasSuffix(path) else { return nil }
        }
        self.base = base
        baseParameter = slug == .bedrock ? "aws_bedrock_runtime_endpoint" : "api_base"
        apiVersion = version
        model = prefix + name
    }
}
