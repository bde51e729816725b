import RosterBridges
import RosterModel
import RosterRuntime

/// The library with which a program sends a provider's requests: the vendor's own, or that of OpenAI.
///
/// It gets the address and the key from the variables of `roster exec`. Those of ollama and Groq send requests to the URL
/// of ``SnippetProvider/endpoint``, where OpenAI's library would use another path, which a secret may not allow.
enum ClientLibrary {
    case openAI, azureOpenAI, groq, anthropic, google, ollama, bedrock

    /// Creates the library for a provider.
    init(_ provider: SnippetProvider) {
        self =
            switch provider.record.slug {
            case .openai, .xai, .gateway, .custom: .openAI
            // OpenAI's library has a class for each of Azure's APIs.
            case .azure: provider.endpoint.chat.query.isEmpty ? .openAI : .azureOpenAI
            case .groq: .groq
            case .anthropic: .anthropic
            case .google: .google
            case .ollama: .ollama
            case .bedrock: .bedrock
            }
    }
}

extension SnippetProvider {
    /// The variables of the address and the key where the library reads neither.
    var variablesToPass: (key: StaticString, baseURL: StaticString)? {
        // No library reads XAI_BASE_URL, except that of xAI for gRPC; see `OpenEndpoint.baseURLNote`.
        guard record.slug == .xai, let key = facts.environment.keys.first, let url = facts.environment.baseURL else {
            return nil
        }
        return (key, url)
    }

    /// The headers that the library does not send unless they are passed: those of the record, and the version of Anthropic's API.
    var headersToPass: [ProviderRequest.Field] {
        switch record.slug {
        case .gateway, .custom: headers
        case .anthropic where exported.setting("version") != nil: headers
        default: []
        }
    }
}
