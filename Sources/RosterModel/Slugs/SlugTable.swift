import RosterBytes

extension ProviderSlug {
    /// Returns the slug that a host in lower case belongs to, or nil for any other host.
    public static func owner(ofHost host: String) -> ProviderSlug? {
        table.indices.first { table[$0].isWellKnown(host) }.map { table[$0].slug }
    }

    /// The facts about this slug.
    public var facts: SlugFacts { Self.table[position] }

    /// The row of the table; a test checks that rows and cases have the same order.
    package var position: Int {
        switch self {
        case .openai: 0
        case .anthropic: 1
        case .google: 2
        case .xai: 3
        case .groq: 4
        case .ollama: 5
        case .azure: 6
        case .bedrock: 7
        case .gateway: 8
        case .custom: 9
        }
    }

    /// One row for each slug, in the order of the format.
    static let table: [SlugFacts] = [
        SlugFacts(
            slug: .openai,
            name: "openai",
            title: "OpenAI",
            endpoint: "https://api.openai.com/v1",
            suffix: "/v1",
            chatPath: "/chat/completions",
            modelPrefixes: ["openai"],
            secret: .required,
            wellKnownHosts: ["api.openai.com", "eu.api.openai.com", "us.api.openai.com"],
            settings: [.organization, .project],
            answerLimitName: "max_completion_tokens",
            configuredHeaders: [
                ConfiguredHeader("OpenAI-Organization", config: "organization"),
                ConfiguredHeader("OpenAI-Project", config: "project"),
            ],
            environment: .openai
        ),
        SlugFacts(
            slug: .anthropic,
            name: "anthropic",
            title: "Anthropic",
            endpoint: "https://api.anthropic.com/v1",
            suffix: "/v1",
            chatPath: "/messages",
            modelPrefixes: ["anthropic"],
            secret: .required,
            wellKnownHosts: ["api.anthropic.com"],
            settings: [.versionHeader],
            // docs.anthropic.com/en/api/openai-sdk
            compatiblePath: "/v1",
            protocolFamily: .anthropic,
            configuredHeaders: [ConfiguredHeader("anthropic-version", config: "version", otherwise: "2026-10-21")],
            environment: SlugEnvironment(
                keys: ["ANTHROPIC_API_KEY"],
                baseURL: "ANTHROPIC_BASE_URL",
                baseURLForm: .withoutSuffix
            )
        ),
        SlugFacts(
            slug: .google,
            name: "google",
            title: "Google Gemini",
            endpoint: "https://generativelanguage.googleapis.com/v1",
            suffix: "/v1",
            endpointSettings: [.version],
            chatPath: "/models/{model}:generateContent",
            tunedChatPath: "/tunedModels/{model}:generateContent",
            isModelInPath: true,
            plainInModel: .segment,
            modelPrefixes: ["google", "gemini"],
            secret: .required,
            wellKnownHosts: ["generativelanguage.googleapis.com"],
            settings: [.versionInPath],
            // ai.google.dev/gemini-api/docs/openai
            compatiblePath: "/v1beta/openai",
            protocolFamily: .google,
            authentication: .header("x-goog-api-key"),
            answerLimitName: "maxOutputTokens",
            environment: SlugEnvironment(
                keys: ["GEMINI_API_KEY"],
                baseURL: "GOOGLE_GEMINI_BASE_URL",
                baseURLForm: .withoutSuffix,
                version: "GOOGLE_GENAI_API_VERSION"
            )
        ),
        SlugFacts(
            slug: .xai,
            name: "xai",
            title: "xAI",
            endpoint: "https://api.x.ai/v1",
            regionalEndpoint: "https://{region}.api.x.ai/v1",
            suffix: "/v1",
            endpointSettings: [.region],
            chatPath: "/chat/completions",
            secret: .required,
            wellKnownHosts: ["api.x.ai", "*.api.x.ai"],
            settings: [.endpointRegion],
            answerLimitName: "max_completion_tokens",
            environment: SlugEnvironment(keys: ["XAI_API_KEY"], baseURL: "XAI_BASE_URL")
        ),
        SlugFacts(
            slug: .groq,
            name: "groq",
            title: "Groq",
            endpoint: "https://api.groq.com/openai/v1",
            suffix: "/openai/v1",
            chatPath: "/chat/completions",
            secret: .required,
            wellKnownHosts: ["api.groq.com"],
            answerLimitName: "max_completion_tokens",
            environment: SlugEnvironment(
                keys: ["GROQ_API_KEY"],
                baseURL: "GROQ_BASE_URL",
                baseURLForm: .withoutSuffix
            )
        ),
        SlugFacts(
            slug: .ollama,
            name: "ollama",
            title: "Ollama",
            endpoint: "http://localhost:11434",
            chatPath: "/api/chat",
            secret: .optional,
            // docs.ollama.com/api/openai-compatibility
            compatiblePath: "/v1",
            protocolFamily: .ollama,
            modelsPath: "/api/tags",
            answerLimitName: "num_predict",
            environment: SlugEnvironment(
                keys: ["OLLAMA_API_KEY"],
                baseURL: "OLLAMA_HOST",
                compatibleClient: ClientVariables(key: "OPENAI_API_KEY", baseURL: "OPENAI_BASE_URL")
            )
        ),
        SlugFacts(
            slug: .azure,
            name: "azure",
            title: "Azure OpenAI",
            endpoint: "https://{resourceName}.openai.azure.com/openai/v1",
            suffix: "/openai/v1",
            endpointSettings: [.resourceName, .apiVersion],
            // The paths of `AzureOpenAI` in OpenAI's SDK, and of the REST reference of each dated version. The list of
            // models is https://learn.microsoft.com/rest/api/azureopenai/models/list
            datedAPI: DatedAPI(suffix: "/openai", chatPath: "/deployments/{model}/chat/completions"),
            chatPath: "/chat/completions",
            isModelInPath: true,
            plainInModel: .segment,
            modelPrefixes: ["azure"],
            secret: .required,
            requiredConfig: "resourceName",
            wellKnownHosts: ["*.openai.azure.com"],
            settings: [.resourceName, .apiVersion],
            authentication: .header("api-key"),
            answerLimitName: "max_completion_tokens",
            environment: SlugEnvironment(
                keys: ["AZURE_OPENAI_API_KEY"],
                baseURL: "AZURE_OPENAI_ENDPOINT",
                baseURLForm: .withoutSuffix,
                undatedClient: ClientVariables(key: "OPENAI_API_KEY", baseURL: "OPENAI_BASE_URL"),
                configured: [ConfiguredVariable("OPENAI_API_VERSION", config: "apiVersion")]
            )
        ),
        SlugFacts(
            slug: .bedrock,
            name: "bedrock",
            title: "AWS Bedrock",
            endpoint: "https://bedrock-runtime.{region}.amazonaws.com",
            endpointSettings: [.region],
            chatPath: "/model/{model}/converse",
            isModelInPath: true,
            modelPrefixes: ["bedrock"],
            secret: .orAmbient,
            requiredConfig: "region",
            wellKnownHosts: ["bedrock.*.amazonaws.com", "bedrock-runtime.*.amazonaws.com"],
            settings: [.signingRegion, .auth],
            // docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html
            compatiblePath: "/openai/v1",
            protocolFamily: .bedrock,
            authentication: .awsSignature(service: "bedrock"),
            modelsPath: "/foundation-models",
            modelsEndpoint: "https://bedrock.{region}.amazonaws.com",
            answerLimitName: "maxTokens",
            environment: SlugEnvironment(
                keys: ["AWS_BEARER_TOKEN_BEDROCK"],
                endpointURLs: ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "AWS_ENDPOINT_URL_BEDROCK"],
                configured: [
                    ConfiguredVariable("AWS_REGION", config: "region"),
                    ConfiguredVariable("AWS_DEFAULT_REGION", config: "region"),
                ],
                signing: SigningVariables(
                    accessKeyID: "AWS_ACCESS_KEY_ID",
                    secretAccessKey: "AWS_SECRET_ACCESS_KEY",
                    sessionToken: "AWS_SESSION_TOKEN"
                )
            )
        ),
        SlugFacts(
            slug: .gateway,
            name: "gateway",
            title: "an OpenAI-compatible gateway",
            chatPath: "/chat/completions",
            secret: .optional,
            settings: [.headers, .organizationOfPrograms, .projectOfPrograms],
            sendsConfiguredHeaders: true,
            environment: .openai
        ),
        SlugFacts(
            slug: .custom,
            name: "custom",
            title: "any OpenAI-compatible endpoint",
            chatPath: "/chat/completions",
            secret: .optional,
            settings: [.headers, .organizationOfPrograms, .projectOfPrograms],
            sendsConfiguredHeaders: true,
            environment: .openai
        ),
    ]
}
