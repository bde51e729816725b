/// The protocol of a provider's requests and responses.
public enum ProtocolFamily: CaseIterable, Sendable {
    /// OpenAI's chat completions, which many others implement.
    case openai
    /// Anthropic's messages.
    case anthropic
    /// Gemini's `generateContent`.
    case google
    /// Ollama's own protocol.
    case ollama
    /// Bedrock's `Converse`.
    case bedrock
}

/// The authentication of requests.
public enum Authentication: Sendable {
    /// `Authorization: Bearer KEY`
    case bearer
    /// A vendor's header.
    case header(StaticString)
    /// AWS Signature Version 4, or a bearer token if the secret contains one.
    case awsSignature(service: StaticString)
}

/// An API whose paths name the model, and whose version is a parameter of the query.
public struct DatedAPI: Sendable {
    /// The end of the path of its base URLs.
    public var suffix: StaticString
    /// The path of a chat request after the base; see ``SlugFacts/chatPath``.
    public var chatPath: StaticString

    /// The parameter that holds ``EndpointSetting/apiVersion``.
    static let parameter: StaticString = "api-version"
}

/// A header whose value is at `config`.
public struct ConfiguredHeader: Sendable {
    /// The header.
    public var name: StaticString
    /// The key under `config`.
    public var config: StaticString
    /// The value when `config` has none, or nil to omit the header.
    public var otherwise: StaticString?

    init(_ name: StaticString, config: StaticString, otherwise: StaticString? = nil) {
        self.name = name
        self.config = config
        self.otherwise = otherwise
    }
}

/// An environment variable whose value is at `config`.
public struct ConfiguredVariable: Sendable {
    /// The variable.
    public var name: StaticString
    /// The key under `config`.
    public var config: StaticString

    init(_ name: StaticString, config: StaticString) {
        self.name = name
        self.config = config
    }
}

/// The variables of a client that takes the whole base URL.
public struct ClientVariables: Sendable {
    /// The key.
    public var key: StaticString
    /// The base URL.
    public var baseURL: StaticString
}

/// The variables that AWS's SDKs read a signing key from.
public struct SigningVariables: Sendable {
    /// The key's id.
    public var accessKeyID: StaticString
    /// The key.
    public var secretAccessKey: StaticString
    /// The session token of a temporary key.
    public var sessionToken: StaticString
}

/// The environment variables that a provider's own SDK reads.
public struct SlugEnvironment: Sendable {
    /// Variables that hold the key; each of them is set.
    public var keys: [StaticString]
    /// The variable that holds the base URL.
    public var baseURL: StaticString?
    /// The part of the base URL in ``baseURL``.
    public var baseURLForm = BaseURLForm.whole
    /// The variable that holds the API's version, for an SDK that appends it to the base URL.
    public var version: StaticString?
    /// Variables that hold the base URL where the SDK does not derive it from ``configured`` ones.
    public var endpointURLs: [StaticString] = []
    /// The value of ``keys`` for a provider without a secret, where the SDK does not start without a key.
    public var keyWithoutSecret: StaticString?
    /// The variables of the client of the API without dated versions, where ``keys`` are those of the dated one.
    public var undatedClient: ClientVariables?
    /// The variables of OpenAI's SDK, for a server without a key that also supports the protocol of OpenAI.
    package var compatibleClient: ClientVariables?
    /// Variables whose values are at `config`.
    public var configured: [ConfiguredVariable] = []
    /// Variables of a key that signs instead of being sent.
    public var signing: SigningVariables?

    /// The part of a base URL that an SDK expects, since it appends the rest.
    public enum BaseURLForm: Sendable {
        /// All of it.
        case whole
        /// Without the slug's suffix.
        case withoutSuffix
    }

    /// The value of a key that an SDK requires and that no server examines.
    package static let placeholderKey: StaticString = "unused"

    /// OpenAI's SDK, which also works with other implementations of its protocol.
    static let openai = SlugEnvironment(
        keys: ["OPENAI_API_KEY"],
        baseURL: "OPENAI_BASE_URL",
        keyWithoutSecret: placeholderKey,
        configured: [
            ConfiguredVariable("OPENAI_ORG_ID", config: "organization"),
            ConfiguredVariable("OPENAI_PROJECT_ID", config: "project"),
        ]
    )

    /// All of these variables.
    public var names: [StaticString] {
        var names = keys + configured.map(\.name) + endpointURLs
        if let baseURL { names.append(baseURL) }
        if let version { names.append(version) }
        if let undatedClient { names += [undatedClient.key, undatedClient.baseURL] }
        if let signing { names += [signing.accessKeyID, signing.secretAccessKey, signing.sessionToken] }
        return names
    }
}
