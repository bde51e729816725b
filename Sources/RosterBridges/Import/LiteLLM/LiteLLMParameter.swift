import RosterBytes

/// The uses of the parameters of a deployment, and of the other settings of LiteLLM.
enum LiteLLMParameter {
    /// The use of a parameter.
    enum Use {
        /// It becomes a field of the provider, or a part of its key.
        case field
        /// It becomes a setting of `config` with the same name, which Roster publishes and does not send.
        case setting
        /// It has no place; the text is the reason.
        case nothing(String)
    }

    /// Returns the use of a parameter.
    static func use(of name: String) -> Use {
        if fields.contains(name) { return .field }
        if settings.contains(name) { return .setting }
        if limits.contains(name) { return .nothing("Roster does not route, retry or limit requests") }
        if name.contains("cost") || name.contains("price") {
            return .nothing("prices are in Roster's catalogue of models: roster models list")
        }
        if name.hasPrefix("vertex_") { return .nothing("Vertex AI has no slug") }
        if name.hasPrefix("aws_") {
            return .nothing("Roster uses the AWS identity of the machine or a sealed access key, and assumes no role")
        }
        if name.hasPrefix("azure_") || ["tenant_id", "client_id", "client_secret"].contains(name) {
            return .nothing("Roster sends Azure a key, and requests no token")
        }
        return .nothing("no field of a provider has this setting of LiteLLM")
    }

    private static let fields: Set = [
        "model", "custom_llm_provider", "api_key", "api_base", "base_url", "api_version", "organization",
        "aws_region_name", "aws_access_key_id", "aws_secret_access_key", "aws_session_token",
        "aws_bedrock_runtime_endpoint", "extra_headers", "headers",
        "default_headers", "litellm_credential_name",
    ]

    private static let settings: Set = [
        "temperature", "top_p", "top_k", "max_tokens", "max_completion_tokens", "frequency_penalty", "presence_penalty",
        "seed", "n", "stop", "timeout", "stream_timeout", "reasoning_effort", "service_tier", "thinking",
        "response_format", "extra_body",
    ]

    private static let limits: Set = [
        "rpm", "tpm", "max_parallel_requests", "weight", "order", "max_budget", "budget_duration", "tags",
        "max_retries",
        "num_retries", "cooldown_time", "fallbacks", "context_window_fallbacks", "content_policy_fallbacks",
        "default_api_key_rpm_limit", "default_api_key_tpm_limit", "region_name", "priority", "model_group",
        "allowed_fails", "retry_policy", "mock_response",
    ]

    /// Returns the reason for which a value outside of `model_list` is left, by its path.
    static func reason(_ path: [String]) -> String {
        switch path.first {
        case "router_settings": "routing, retries and fallbacks belong to LiteLLM"
        case "litellm_settings": "a setting of LiteLLM itself"
        case "general_settings":
            path.contains("master_key")
                ? "LiteLLM's own key; clients of Roster have tokens: roster token create"
                : "a setting of LiteLLM's server"
        case "environment_variables": "no provider of this file uses this variable"
        case "credential_list": "no provider of this file uses this credential"
        case "model_list":
            path.count > 2 && path[2] == "model_info"
                ? "facts about models are in Roster's catalogue: roster models list"
                : "no field of a provider has this setting of LiteLLM"
        case "guardrails", "callback_settings", "cache_params", "prompts", "mcp_servers", "search_tools",
            "vector_store_registry", "files_settings", "finetune_settings", "assistant_settings", "policies":
            "a feature of LiteLLM's server"
        default: "no part of a repository has this setting of LiteLLM"
        }
    }
}
