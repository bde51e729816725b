/// A kind of key that has a recognizable form.
public enum KeyShape: String, Sendable, CaseIterable {
    /// `sk-ant-api03-…`, `sk-ant-admin01-…`
    case anthropic
    /// `sk-or-v1-` and 64 hex digits.
    case openRouter
    /// `sk-proj-…`, `sk-svcacct-…`, `sk-admin-…`, and the older form with `T3BlbkFJ` in its middle.
    case openai
    /// `AIza…`, `AQ.…`
    case google
    /// `xai-` and 80 characters.
    case xai
    /// `gsk_` and 48 to 52 characters.
    case groq
    /// `ABSK…`, `bedrock-api-key-…`
    case bedrock
    /// `AKIA…`, `ASIA…`, `ABIA…`, `ACCA…`
    case awsAccessKeyID
    /// `eyJ….….…`
    case jsonWebToken
    /// `ya29.…`
    case googleAccessToken
    /// `sk_` and 43 characters.
    case rosterToken
    /// `hf_` and 34 characters.
    case huggingFace
    /// `fw_` and 20 characters or more.
    case fireworks
    /// `pplx-` and 40 characters or more.
    case perplexity
    /// `tgp_v1_` and 40 characters or more.
    case together
    /// `sk-lf-` and a UUID; the public half of the pair, `pk-lf-…`, is not a secret.
    case langfuse
    /// `sk-litellm-` and 16 characters or more.
    case liteLLM
    /// `Bearer` and 16 characters or more after a blank, of any kind.
    case bearerToken
    /// The user name and the password of a URL with any scheme.
    case urlPassword

    /// The noun for it in messages.
    public var title: String {
        switch self {
        case .anthropic: "an Anthropic API key"
        case .openRouter: "an OpenRouter API key"
        case .openai: "an OpenAI API key"
        case .google: "a Google API key"
        case .xai: "an xAI API key"
        case .groq: "a Groq API key"
        case .bedrock: "a Bedrock API key"
        case .awsAccessKeyID: "an AWS access key id"
        case .jsonWebToken: "a JSON Web Token"
        case .googleAccessToken: "a Google access token"
        case .rosterToken: "a Roster access token"
        case .huggingFace: "a Hugging Face access token"
        case .fireworks: "a Fireworks API key"
        case .perplexity: "a Perplexity API key"
        case .together: "a Together API key"
        case .langfuse: "a Langfuse secret key"
        case .liteLLM: "a LiteLLM key"
        case .bearerToken: "a bearer token"
        case .urlPassword: "a password in a URL"
        }
    }

    /// A Boolean value that indicates whether it expires within hours: a token, not a key.
    public var isShortLived: Bool { self == .jsonWebToken || self == .googleAccessToken }
}
