package import RosterModel

/// A provider of LiteLLM: the prefix of its models, and the variables that LiteLLM reads for it.
///
/// From LiteLLM 1.106: `get_llm_provider_logic.py`, `llms/openai_like/providers.json` and the transformations of each
/// provider, which its pages name: https://docs.litellm.ai/docs/providers. The endpoints are not LiteLLM's but those of
/// ``KnownVendor`` and of the slugs.
package struct LiteLLMVendor: Sendable {
    /// The form of the requests that LiteLLM sends.
    package enum Wire: Sendable {
        /// Those of a slug.
        case slug(ProviderSlug)
        /// OpenAI's protocol at the base URL that ``KnownVendor`` has for the prefix.
        case compatible
        /// OpenAI's protocol at a base URL that each deployment names; a server on this machine needs no key.
        case server
        /// OpenAI's protocol at a gateway.
        case gateway
        /// The vendor's own protocol, which the base URL of ``KnownVendor`` has in OpenAI's form, too.
        case translated
        /// Another protocol or another kind of credential; the text is the reason.
        case unsupported(StaticString)
    }

    /// The prefixes, without their `/`.
    package let prefixes: [StaticString]
    /// The form of the requests.
    package let wire: Wire
    /// The variables with the key, in the order in which LiteLLM reads them.
    package let keys: [StaticString]
    /// The variables with the base URL.
    package let bases: [StaticString]
    /// The endpoint of LiteLLM's requests where it differs from that of ``KnownVendor``.
    package let otherURL: StaticString?
    /// A Boolean value that indicates whether the vendor's keys are for ``otherURL`` alone.
    private let isKeyOfOther: Bool
    /// The model of `roster import env` without `--model`; nil when there is none to rely on.
    package let usualModel: StaticString?

    private init(
        _ prefixes: StaticString...,
        wire: Wire = .compatible,
        keys: [StaticString] = [],
        bases: [StaticString] = [],
        model: StaticString? = nil,
        other: StaticString? = nil,
        isKeyOfOther: Bool = false
    ) {
        (otherURL, self.isKeyOfOther) = (other, isKeyOfOther)
        (self.prefixes, self.wire, self.keys, self.bases, usualModel) = (prefixes, wire, keys, bases, model)
    }

    /// Returns the provider with a prefix.
    package static func named(_ prefix: some StringProtocol) -> LiteLLMVendor? {
        table.first { $0.prefixes.contains { $0.description == prefix } }
    }

    /// The base URL of ``KnownVendor``; nil when there is none, or when it has a part to fill in.
    package var knownURL: String? {
        if isKeyOfOther, let otherURL { return otherURL.description }
        for prefix in prefixes {
            switch KnownVendor.named(prefix.description)?.advice {
            case .custom(let url), .gateway(let url): return url.description.contains("<") ? nil : url.description
            default: continue
            }
        }
        return nil
    }

    /// The name for people and for `--model`.
    package var name: String {
        if case .slug(let slug) = wire { return slug.rawValue }
        return prefixes[0].description
    }

    /// Every provider, those with a slug first.
    package static let table: [LiteLLMVendor] = slugs + compatible + servers + unsupported

    private static let slugs: [LiteLLMVendor] = [
        LiteLLMVendor(
            "openai",
            wire: .slug(.openai),
            keys: ["OPENAI_API_KEY"],
            bases: ["OPENAI_BASE_URL", "OPENAI_API_BASE"],
            model: "gpt-5.6"
        ),
        LiteLLMVendor(
            "anthropic",
            wire: .slug(.anthropic),
            keys: ["ANTHROPIC_API_KEY"],
            bases: ["ANTHROPIC_API_BASE", "ANTHROPIC_BASE_URL"],
            model: "claude-sonnet-5-5"
        ),
        LiteLLMVendor(
            "gemini",
            wire: .slug(.google),
            keys: ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
            bases: ["GEMINI_API_BASE", "GOOGLE_GEMINI_BASE_URL"],
            model: "gemini-3.8-flash"
        ),
        LiteLLMVendor(
            "xai",
            wire: .slug(.xai),
            keys: ["XAI_API_KEY"],
            bases: ["XAI_API_BASE", "XAI_BASE_URL"],
            model: "grok-4.6"
        ),
        LiteLLMVendor(
            "groq",
            wire: .slug(.groq),
            keys: ["GROQ_API_KEY"],
            bases: ["GROQ_API_BASE", "GROQ_BASE_URL"],
            model: "openai/gpt-oss-120b"
        ),
        LiteLLMVendor(
            "ollama_chat",
            "ollama",
            wire: .slug(.ollama),
            keys: ["OLLAMA_API_KEY"],
            bases: ["OLLAMA_API_BASE", "OLLAMA_HOST"]
        ),
        LiteLLMVendor(
            "azure",
            wire: .slug(.azure),
            keys: ["AZURE_API_KEY", "AZURE_OPENAI_API_KEY"],
            bases: ["AZURE_API_BASE", "AZURE_OPENAI_ENDPOINT"]
        ),
        LiteLLMVendor(
            "bedrock",
            "bedrock_converse",
            wire: .slug(.bedrock),
            keys: ["AWS_BEARER_TOKEN_BEDROCK"]
        ),
    ]

    private static let compatible: [LiteLLMVendor] = [
        LiteLLMVendor("mistral", keys: ["MISTRAL_API_KEY"], bases: ["MISTRAL_API_BASE"], model: "mistral-large-latest"),
        LiteLLMVendor("codestral", keys: ["CODESTRAL_API_KEY"], model: "codestral-latest"),
        LiteLLMVendor(
            "deepseek",
            keys: ["DEEPSEEK_API_KEY"],
            bases: ["DEEPSEEK_API_BASE"],
            model: "deepseek-chat",
            other: "https://api.deepseek.com/beta"
        ),
        LiteLLMVendor(
            "together_ai",
            keys: ["TOGETHERAI_API_KEY", "TOGETHER_API_KEY", "TOGETHER_AI_API_KEY"],
            bases: ["TOGETHER_AI_API_BASE"]
        ),
        LiteLLMVendor(
            "fireworks_ai",
            keys: ["FIREWORKS_API_KEY", "FIREWORKS_AI_API_KEY", "FIREWORKSAI_API_KEY"],
            bases: ["FIREWORKS_API_BASE"]
        ),
        LiteLLMVendor(
            "openrouter",
            keys: ["OPENROUTER_API_KEY", "OR_API_KEY"],
            bases: ["OPENROUTER_API_BASE"],
            model: "openrouter/auto"
        ),
        LiteLLMVendor("perplexity", keys: ["PERPLEXITYAI_API_KEY", "PERPLEXITY_API_KEY"], model: "sonar"),
        LiteLLMVendor("cerebras", keys: ["CEREBRAS_API_KEY"], bases: ["CEREBRAS_API_BASE"]),
        LiteLLMVendor("nvidia_nim", keys: ["NVIDIA_NIM_API_KEY", "NVIDIA_API_KEY"], bases: ["NVIDIA_NIM_API_BASE"]),
        LiteLLMVendor("moonshot", keys: ["MOONSHOT_API_KEY"], bases: ["MOONSHOT_API_BASE"], model: "kimi-latest"),
        LiteLLMVendor("zai", keys: ["ZAI_API_KEY"], bases: ["ZAI_API_BASE"]),
        LiteLLMVendor(
            "dashscope",
            "qwen_ai_platform",
            keys: ["DASHSCOPE_API_KEY"],
            bases: ["DASHSCOPE_API_BASE"],
            model: "qwen-plus",
            other: "https://dashscope.aliyuncs.com/compatible-mode/v1",
            isKeyOfOther: true
        ),
        LiteLLMVendor(
            "qwencloud",
            keys: ["QWENCLOUD_API_KEY"],
            other: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
            isKeyOfOther: true
        ),
        LiteLLMVendor("ai21_chat", "ai21", keys: ["AI21_API_KEY"], bases: ["AI21_API_BASE"]),
        LiteLLMVendor("sambanova", keys: ["SAMBANOVA_API_KEY"], bases: ["SAMBANOVA_API_BASE"]),
        LiteLLMVendor(
            "github",
            keys: ["GITHUB_API_KEY"],
            bases: ["GITHUB_API_BASE"],
            other: "https://models.inference.ai.azure.com"
        ),
        LiteLLMVendor("deepinfra", keys: ["DEEPINFRA_API_KEY"], bases: ["DEEPINFRA_API_BASE"]),
        LiteLLMVendor("novita", keys: ["NOVITA_API_KEY"], bases: ["NOVITA_API_BASE"]),
        LiteLLMVendor("nebius", keys: ["NEBIUS_API_KEY"], bases: ["NEBIUS_API_BASE"]),
        LiteLLMVendor("hyperbolic", keys: ["HYPERBOLIC_API_KEY"]),
        LiteLLMVendor("minimax", keys: ["MINIMAX_API_KEY"], bases: ["MINIMAX_API_BASE"]),
        LiteLLMVendor("baseten", keys: ["BASETEN_API_KEY"], bases: ["BASETEN_API_BASE"]),
        LiteLLMVendor("volcengine", keys: ["VOLCENGINE_API_KEY", "ARK_API_KEY"], bases: ["VOLCENGINE_API_BASE"]),
        LiteLLMVendor("vercel_ai_gateway", keys: ["VERCEL_AI_GATEWAY_API_KEY"]),
        LiteLLMVendor("meta_llama", keys: ["LLAMA_API_KEY"], bases: ["LLAMA_API_BASE"]),
        LiteLLMVendor("friendliai", keys: ["FRIENDLIAI_API_KEY", "FRIENDLI_TOKEN"], bases: ["FRIENDLI_API_BASE"]),
        LiteLLMVendor("featherless_ai", keys: ["FEATHERLESS_AI_API_KEY", "FEATHERLESS_API_KEY"]),
        LiteLLMVendor("nscale", keys: ["NSCALE_API_KEY"]),
        LiteLLMVendor("lambda_ai", keys: ["LAMBDA_API_KEY"]),
        LiteLLMVendor("inception", keys: ["INCEPTION_API_KEY"]),
        LiteLLMVendor("morph", keys: ["MORPH_API_KEY"]),
        LiteLLMVendor("wandb", keys: ["WANDB_API_KEY"], bases: ["WANDB_API_BASE"]),
        LiteLLMVendor("modelscope", keys: ["MODELSCOPE_API_KEY"]),
        LiteLLMVendor("scaleway", keys: ["SCW_SECRET_KEY"]),
        LiteLLMVendor("veniceai", keys: ["VENICE_AI_API_KEY"]),
        LiteLLMVendor("aiml", keys: ["AIML_API_KEY"]),
        LiteLLMVendor("publicai", keys: ["PUBLICAI_API_KEY"], bases: ["PUBLICAI_API_BASE"]),
        LiteLLMVendor("helicone", wire: .gateway, keys: ["HELICONE_API_KEY"]),
        LiteLLMVendor("cohere_chat", "cohere", wire: .translated, keys: ["COHERE_API_KEY", "CO_API_KEY"]),
        LiteLLMVendor("huggingface", wire: .translated, keys: ["HUGGINGFACE_API_KEY", "HF_TOKEN"]),
    ]

    private static let servers: [LiteLLMVendor] = [
        LiteLLMVendor("hosted_vllm", wire: .server, keys: ["HOSTED_VLLM_API_KEY"], bases: ["HOSTED_VLLM_API_BASE"]),
        LiteLLMVendor("lm_studio", wire: .server, keys: ["LM_STUDIO_API_KEY"], bases: ["LM_STUDIO_API_BASE"]),
        LiteLLMVendor("llamafile", wire: .server, keys: ["LLAMAFILE_API_KEY"], bases: ["LLAMAFILE_API_BASE"]),
        LiteLLMVendor("xinference", wire: .server, keys: ["XINFERENCE_API_KEY"], bases: ["XINFERENCE_API_BASE"]),
        LiteLLMVendor("openai_like", "custom_openai", wire: .server),
        LiteLLMVendor("databricks", wire: .server, keys: ["DATABRICKS_API_KEY"], bases: ["DATABRICKS_API_BASE"]),
        LiteLLMVendor(
            "litellm_proxy",
            wire: .gateway,
            keys: ["LITELLM_PROXY_API_KEY"],
            bases: ["LITELLM_PROXY_API_BASE"]
        ),
    ]

    private static let unsupported: [LiteLLMVendor] = [
        LiteLLMVendor("vertex_ai", "vertex_ai_beta", wire: .unsupported("vertex")),
        LiteLLMVendor("sagemaker", "sagemaker_chat", "sagemaker_nova", wire: .unsupported("sagemaker")),
        LiteLLMVendor("watsonx", "watsonx_text", wire: .unsupported("watsonx")),
        LiteLLMVendor("replicate", wire: .unsupported("replicate")),
        LiteLLMVendor("azure_ai", wire: .unsupported("azure_ai")),
        LiteLLMVendor("cloudflare", wire: .unsupported("cloudflare")),
        LiteLLMVendor(
            "text-completion-openai",
            "azure_text",
            "anthropic_text",
            "text-completion-codestral",
            "text-completion-inception",
            wire: .unsupported("the API of text completions has no slug")
        ),
        LiteLLMVendor(
            "github_copilot",
            "chatgpt",
            "gigachat",
            "snowflake",
            "oci",
            "sap",
            wire: .unsupported("its tokens come from a login, not from a key that can be sealed")
        ),
        LiteLLMVendor(
            "bedrock_mantle",
            "amazon_nova",
            "aiohttp_openai",
            "triton",
            "petals",
            "predibase",
            "nlp_cloud",
            "maritalk",
            "oobabooga",
            "vllm",
            "custom",
            "voyage",
            "jina_ai",
            "deepgram",
            "elevenlabs",
            "auto_router",
            "litellm_agent",
            "langgraph",
            "a2a",
            "a2a_agent",
            "ragflow",
            "datarobot",
            "infinity",
            "dotprompt",
            wire: .unsupported("it has another protocol, or runs inside LiteLLM")
        ),
    ]
}

extension LiteLLMVendor {
    /// The reason for which models of this provider are refused; nil for one that can be taken.
    package var refusal: String? {
        guard case .unsupported(let words) = wire else { return nil }
        // The table of vendors has sentences about those that people also write as slugs.
        if case .words(let advice)? = KnownVendor.named(words.description)?.advice { return advice }
        guard words.description == "cloudflare" else { return words.description }
        return "LiteLLM uses another protocol there; write a provider with \"provider: custom\" and "
            + "\"baseUrl: https://api.cloudflare.com/client/v4/accounts/<account-id>/ai/v1\""
    }
}
