extension KnownVendor {
    /// Vendors with their own slug come first, then those that need `custom` or `gateway`, then the rest.
    ///
    /// Facts of November 2026. The names are those of LiteLLM's provider list (its `constants.py` and `llms/`, release
    /// 1.110) and what people call a product. The base URLs are those of the vendor's own documentation, named with
    /// each; LiteLLM's `get_llm_provider_logic.py` has the same ones where it knows the vendor.
    static let table: [KnownVendor] = slugs + endpoints + localServers + gateways + others

    private static let slugs: [KnownVendor] = [
        KnownVendor(
            names: [
                "gemini", "googlegemini", "geminiapi", "googleai", "googleaistudio", "aistudio", "googlegenai", "genai",
                "googlegenerativeai",
            ],
            title: "Google Gemini",
            advice: .slug(.google, isCertain: true)
        ),
        KnownVendor(
            names: ["azureopenai", "azureopenaiservice", "azureoai", "msazure", "microsoftazure"],
            title: "Azure OpenAI",
            advice: .slug(.azure, isCertain: true)
        ),
        KnownVendor(
            names: ["awsbedrock", "amazonbedrock", "bedrockconverse", "bedrockruntime", "awsbedrockruntime"],
            title: "AWS Bedrock",
            advice: .slug(.bedrock, isCertain: true)
        ),
        KnownVendor(names: ["aws", "amazon"], title: "AWS Bedrock", advice: .slug(.bedrock, isCertain: false)),
        KnownVendor(names: ["claude", "anthropicclaude"], title: "Claude", advice: .slug(.anthropic, isCertain: true)),
        KnownVendor(
            names: ["openaichat", "openairesponses"],
            title: "OpenAI",
            advice: .slug(.openai, isCertain: true)
        ),
        KnownVendor(
            names: ["chatgpt", "gpt", "gpt4", "gpt4o", "gpt5"],
            title: "GPT",
            advice: .slug(.openai, isCertain: false)
        ),
        KnownVendor(names: ["ollamachat"], title: "Ollama", advice: .slug(.ollama, isCertain: true)),
        KnownVendor(
            names: ["openaicompatible", "customopenai", "openailike", "openaiapicompatible", "other", "selfhosted"],
            title: "an OpenAI-compatible endpoint",
            advice: .words("write \"provider: custom\" and \"baseUrl: https://…\" with the address of the endpoint")
        ),
    ]

    private static let endpoints: [KnownVendor] = [
        // docs.mistral.ai/api
        KnownVendor("mistral", "mistralai", title: "Mistral", custom: "https://api.mistral.ai/v1"),
        KnownVendor("codestral", title: "Codestral", custom: "https://codestral.mistral.ai/v1"),
        // api-docs.deepseek.com
        KnownVendor("deepseek", "deepseekai", title: "DeepSeek", custom: "https://api.deepseek.com/v1"),
        // docs.together.ai/docs/inference/openai-compatibility
        KnownVendor("together", "togetherai", title: "Together AI", custom: "https://api.together.ai/v1"),
        // docs.fireworks.ai/tools-sdks/openai-compatibility
        KnownVendor("fireworks", "fireworksai", title: "Fireworks", custom: "https://api.fireworks.ai/inference/v1"),
        // openrouter.ai/docs
        KnownVendor("openrouter", "openrouterai", title: "OpenRouter", custom: "https://openrouter.ai/api/v1"),
        // docs.perplexity.ai/api-reference/chat-completions
        KnownVendor("perplexity", "perplexityai", "pplx", title: "Perplexity", custom: "https://api.perplexity.ai"),
        // docs.cohere.com/docs/compatibility-api
        KnownVendor("cohere", "coherechat", title: "Cohere", custom: "https://api.cohere.ai/compatibility/v1"),
        // huggingface.co/docs/inference-providers
        KnownVendor(
            "huggingface",
            "hf",
            "hfinference",
            title: "Hugging Face",
            custom: "https://router.huggingface.co/v1"
        ),
        // inference-docs.cerebras.ai/resources/openai
        KnownVendor("cerebras", "cerebrasai", title: "Cerebras", custom: "https://api.cerebras.ai/v1"),
        // docs.api.nvidia.com/nim/reference
        KnownVendor("nvidia", "nvidianim", "nim", title: "NVIDIA NIM", custom: "https://integrate.api.nvidia.com/v1"),
        // platform.moonshot.ai/docs
        KnownVendor("moonshot", "moonshotai", "kimi", title: "Moonshot", custom: "https://api.moonshot.ai/v1"),
        // docs.bigmodel.cn (China), docs.z.ai (elsewhere)
        KnownVendor(
            "zhipu",
            "zhipuai",
            "bigmodel",
            "glm",
            "chatglm",
            title: "Zhipu",
            custom: "https://open.bigmodel.cn/api/paas/v4"
        ),
        KnownVendor("zai", title: "Z.ai", custom: "https://api.z.ai/api/paas/v4"),
        // help.aliyun.com/zh/model-studio/compatibility-of-openai-with-dashscope
        KnownVendor(
            "dashscope",
            "qwen",
            "alibaba",
            "aliyun",
            "alibabacloud",
            "tongyi",
            title: "Qwen (DashScope)",
            custom: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"
        ),
        // docs.ai21.com/reference/jamba-1-6-api-ref
        KnownVendor("ai21", "ai21chat", "ai21labs", title: "AI21", custom: "https://api.ai21.com/studio/v1"),
        // docs.sambanova.ai/cloud/docs/capabilities/openai-compatibility
        KnownVendor("sambanova", title: "SambaNova", custom: "https://api.sambanova.ai/v1"),
        // docs.github.com/en/github-models/quickstart
        KnownVendor(
            "github",
            "githubmodels",
            title: "GitHub Models",
            custom: "https://models.github.ai/inference"
        ),
        // developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility
        KnownVendor(
            "cloudflare",
            "cloudflareai",
            "workersai",
            "cloudflareworkersai",
            title: "Cloudflare Workers AI",
            custom: "https://api.cloudflare.com/client/v4/accounts/<account-id>/ai/v1"
        ),
        // deepinfra.com/docs/advanced/openai_api
        KnownVendor("deepinfra", title: "DeepInfra", custom: "https://api.deepinfra.com/v1/openai"),
        // novita.ai/docs/guides/llm-api
        KnownVendor("novita", "novitaai", title: "Novita", custom: "https://api.novita.ai/v3/openai"),
        // docs.nebius.com/studio/inference/api
        KnownVendor("nebius", "nebiusai", title: "Nebius", custom: "https://api.studio.nebius.ai/v1"),
        // docs.hyperbolic.xyz/docs/rest-api
        KnownVendor("hyperbolic", title: "Hyperbolic", custom: "https://api.hyperbolic.xyz/v1"),
        // platform.minimax.io/docs
        KnownVendor("minimax", title: "MiniMax", custom: "https://api.minimax.io/v1"),
        // docs.baseten.co
        KnownVendor("baseten", title: "Baseten", custom: "https://inference.baseten.co/v1"),
        // console.upstage.ai/docs/getting-started
        KnownVendor("upstage", title: "Upstage", custom: "https://api.upstage.ai/v1"),
        // www.volcengine.com/docs/82379
        KnownVendor(
            "volcengine",
            "doubao",
            "ark",
            title: "Volcengine Ark",
            custom: "https://ark.cn-beijing.volces.com/api/v3"
        ),
        // vercel.com/docs/ai-gateway
        KnownVendor(
            "vercel",
            "vercelai",
            "vercelaigateway",
            title: "Vercel AI Gateway",
            custom: "https://ai-gateway.vercel.sh/v1"
        ),
        // llama.developer.meta.com/docs/features/compatibility
        KnownVendor(
            "metallama",
            "llamaapi",
            "meta",
            title: "Meta's Llama API",
            custom: "https://api.llama.com/compat/v1"
        ),
        // friendli.ai/docs/guides/serverless_endpoints/openai-compatibility
        KnownVendor("friendli", "friendliai", title: "FriendliAI", custom: "https://api.friendli.ai/serverless/v1"),
        // featherless.ai/docs/overview
        KnownVendor("featherless", "featherlessai", title: "Featherless", custom: "https://api.featherless.ai/v1"),
        // docs.nscale.com/docs/inference/chat
        KnownVendor("nscale", title: "Nscale", custom: "https://inference.api.nscale.com/v1"),
        // docs.lambda.ai/public-cloud/lambda-inference-api
        KnownVendor("lambdaai", "lambdalabs", title: "Lambda", custom: "https://api.lambda.ai/v1"),
        // docs.inceptionlabs.ai/get-started/get-started
        KnownVendor("inception", "inceptionlabs", title: "Inception", custom: "https://api.inceptionlabs.ai/v1"),
        // docs.morphllm.com/api-reference/introduction
        KnownVendor("morph", "morphllm", title: "Morph", custom: "https://api.morphllm.com/v1"),
        // docs.wandb.ai/inference/usage-examples
        KnownVendor("wandb", "weightsandbiases", title: "W&B Inference", custom: "https://api.inference.wandb.ai/v1"),
        // modelscope.cn/docs/model-service/API-Inference/intro
        KnownVendor("modelscope", title: "ModelScope", custom: "https://api-inference.modelscope.cn/v1"),
        // scaleway.com/en/docs/generative-apis/api-cli/using-chat-api
        KnownVendor("scaleway", title: "Scaleway", custom: "https://api.scaleway.ai/v1"),
        // docs.venice.ai/overview/getting-started
        KnownVendor("venice", "veniceai", title: "Venice", custom: "https://api.venice.ai/api/v1"),
        // docs.aimlapi.com/quickstart/setting-up
        KnownVendor("aiml", "aimlapi", title: "AI/ML API", custom: "https://api.aimlapi.com/v1"),
        // platform.publicai.co/docs
        KnownVendor("publicai", title: "Public AI", custom: "https://api.publicai.co/v1"),
        // learn.microsoft.com/azure/ai-foundry/foundry-models/concepts/endpoints
        KnownVendor(
            names: ["azureai", "azureaifoundry", "azurefoundry", "azureaistudio"],
            title: "Azure AI Foundry",
            advice: .words(
                "write \"provider: azure\" and \"baseUrl: https://<resource>.services.ai.azure.com/openai/v1\""
            )
        ),
    ]

    private static let localServers: [KnownVendor] = [
        // docs.vllm.ai/en/latest/serving/openai_compatible_server.html
        KnownVendor("vllm", "hostedvllm", title: "vLLM", custom: "http://localhost:8000/v1"),
        // lmstudio.ai/docs/developer/openai-compat
        KnownVendor("lmstudio", title: "LM Studio", custom: "http://localhost:1234/v1"),
        // github.com/ggml-org/llama.cpp, tools/server
        KnownVendor(
            "llamacpp",
            "llamacppserver",
            "llamaserver",
            title: "llama.cpp",
            custom: "http://localhost:8080/v1"
        ),
        // github.com/Mozilla-Ocho/llamafile
        KnownVendor("llamafile", title: "llamafile", custom: "http://localhost:8080/v1"),
        // localai.io/basics/getting_started
        KnownVendor("localai", title: "LocalAI", custom: "http://localhost:8080/v1"),
        // github.com/oobabooga/text-generation-webui, wiki 12
        KnownVendor(
            "textgenerationwebui",
            "oobabooga",
            "textgenwebui",
            title: "text-generation-webui",
            custom: "http://localhost:5000/v1"
        ),
        // huggingface.co/docs/text-generation-inference
        KnownVendor(
            "tgi",
            "textgenerationinference",
            title: "Text Generation Inference",
            custom: "http://localhost:8080/v1"
        ),
        // docs.sglang.ai/basic_usage/openai_api
        KnownVendor("sglang", title: "SGLang", custom: "http://localhost:30000/v1"),
        // docs.docker.com/ai/model-runner/api-reference
        KnownVendor(
            "docker",
            "dockermodelrunner",
            title: "Docker Model Runner",
            custom: "http://localhost:12434/engines/v1"
        ),
        // inference.readthedocs.io/en/latest/getting_started/using_xinference.html
        KnownVendor("xinference", "xorbits", title: "Xinference", custom: "http://localhost:9997/v1"),
        // github.com/LostRuins/koboldcpp/wiki
        KnownVendor("koboldcpp", "kobold", title: "KoboldCpp", custom: "http://localhost:5001/v1"),
        // docs.gpt4all.io/gpt4all_api_server/home.html
        KnownVendor("gpt4all", title: "GPT4All", custom: "http://localhost:4891/v1"),
        // jan.ai/docs/desktop/api-server
        KnownVendor("jan", "janai", title: "Jan", custom: "http://localhost:1337/v1"),
        KnownVendor(
            names: ["llama", "llama2", "llama3"],
            title: "Llama",
            advice: .words(
                "Llama models run on many services: write \"provider: ollama\" for an Ollama server, otherwise "
                    + "\"provider: custom\" and the service's \"baseUrl: https://…\""
            )
        ),
        KnownVendor(
            names: ["local", "localhost"],
            title: "a local server",
            advice: .words(
                "write \"provider: ollama\" for an Ollama server, otherwise \"provider: custom\" and "
                    + "\"baseUrl: http://localhost:<port>/v1\""
            )
        ),
    ]

    private static let gateways: [KnownVendor] = [
        // docs.litellm.ai/docs/proxy/user_keys
        KnownVendor(
            names: ["litellm", "litellmproxy"],
            title: "LiteLLM",
            advice: .gateway(baseURL: "http://localhost:4000/v1")
        ),
        // portkey.ai/docs/api-reference/inference-api/chat
        KnownVendor(
            names: ["portkey", "portkeyai"],
            title: "Portkey",
            advice: .gateway(baseURL: "https://api.portkey.ai/v1")
        ),
        // docs.helicone.ai/ai-gateway/overview
        KnownVendor(
            names: ["helicone"],
            title: "Helicone",
            advice: .gateway(baseURL: "https://ai-gateway.helicone.ai/v1")
        ),
        KnownVendor(
            names: ["aigateway", "llmgateway", "proxy", "kong", "envoy"],
            title: "a gateway",
            advice: .words("write \"provider: gateway\" and \"baseUrl: https://…\" with the address of the gateway")
        ),
    ]

    private static let others: [KnownVendor] = [
        KnownVendor(
            names: ["grok", "grokai"],
            title: "Grok",
            advice: .words(
                "Grok is a model of xAI: write \"provider: xai\"; Groq, another company, is \"provider: groq\""
            )
        ),
        // cloud.google.com/vertex-ai/generative-ai/docs/migrate/openai/auth-and-credentials
        KnownVendor(
            names: ["vertex", "vertexai", "googlevertex", "googlevertexai", "vertexaibeta", "gcp", "googlecloud"],
            title: "Vertex AI",
            advice: .words(
                "Vertex AI takes Google Cloud tokens of an hour, not a key that can be sealed; for Gemini with an API key "
                    + "write \"provider: google\""
            )
        ),
        KnownVendor(
            names: ["palm", "bard"],
            title: "PaLM",
            advice: .words("Google replaced it by Gemini: write \"provider: google\" and a Gemini model")
        ),
        // replicate.com/docs/reference/http
        KnownVendor(
            names: ["replicate"],
            title: "Replicate",
            advice: .words(
                "Replicate has no OpenAI-compatible endpoint: put a gateway such as LiteLLM between, and write "
                    + "\"provider: gateway\" and the gateway's \"baseUrl: https://…\""
            )
        ),
        // docs.aws.amazon.com/sagemaker, cloud.ibm.com/apidocs/watsonx-ai
        KnownVendor(
            names: ["sagemaker", "awssagemaker", "sagemakerchat", "watsonx", "ibm", "ibmwatsonx"],
            title: "SageMaker and watsonx",
            advice: .words(
                "SageMaker and watsonx do not take one key in a header: put a gateway such as LiteLLM between, and write "
                    + "\"provider: gateway\" and the gateway's \"baseUrl: https://…\""
            )
        ),
        // docs.databricks.com/aws/en/machine-learning/model-serving/query-chat-models
        KnownVendor(
            names: ["databricks"],
            title: "Databricks",
            advice: .words(
                "write \"provider: custom\" and \"baseUrl: https://<workspace>/serving-endpoints\" of your workspace"
            )
        ),
    ]
}

extension KnownVendor {
    fileprivate init(_ names: StaticString..., title: StaticString, custom baseURL: StaticString) {
        self.init(names: names, title: title, advice: .custom(baseURL: baseURL))
    }
}
