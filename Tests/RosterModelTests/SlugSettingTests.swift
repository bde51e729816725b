import Foundation
import RosterModel
import Testing

@Suite("Settings of slugs")
struct SlugSettingTests {
    @Test("The table has exactly the keys of config that code reads for a slug", arguments: ProviderSlug.allCases)
    func readers(slug: ProviderSlug) {
        let facts = slug.facts
        var read = Set(facts.configuredHeaders.map(\.config.description))
        read.formUnion(facts.environment.configured.map(\.config.description))
        read.formUnion(facts.endpointSettings.map(\.name))
        if let required = facts.requiredConfig { read.insert(required.description) }
        if facts.sendsConfiguredHeaders { read.insert("headers") }
        if facts.secret == .orAmbient { read.insert("auth") }
        let settings = facts.settings.map(\.name.description)
        #expect(Set(settings) == read)
        #expect(Set(settings).count == settings.count)
    }

    @Test("No file reads a key of config that the table does not have")
    func literals() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources")
        // The catalogue of models compares `model` of azure; no request depends on it, and every slug may have it.
        let known = Set(ProviderSlug.settingNames.map(\.description)).union(["model"])
        let reading = try Regex(#"[cC]onfig\??(?:\[|\.(?:value|text)\()"(\w+)""#, as: (Substring, Substring).self)
        var found: Set<String> = []
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: reading) {
                #expect(known.contains(String(match.output.1)), "\(file.lastPathComponent): \(match.output.1)")
                found.insert(String(match.output.1))
            }
        }
        // The search finds what is there.
        #expect(found.isSuperset(of: ["auth", "headers", "region"]))
    }

    @Test("A summary is a sentence")
    func summaries() {
        for setting in ProviderSlug.allCases.flatMap(\.facts.settings) {
            #expect(setting.summary.description.hasSuffix("."), "\(setting.name)")
        }
    }

    private static func use(_ key: String, _ slug: ProviderSlug) -> ConfigKeyUse {
        Array(key.utf8).withUnsafeBufferPointer { slug.facts.use(ofConfigKey: $0) }
    }

    /// The setting that a key is near to, and the edits.
    private static func near(_ key: String, _ slug: ProviderSlug) -> (setting: String, edits: Int)? {
        guard case .near(let position, let edits) = use(key, slug) else { return nil }
        return (slug.facts.settings[position].name.description, edits)
    }

    @Test(
        "A misspelt key is near to the setting",
        arguments: [
            (.bedrock, "regoin", "region", 1), (.bedrock, "Region", "region", 0), (.bedrock, "REGION", "region", 0),
            (.bedrock, "rgion", "region", 1), (.bedrock, "regionn", "region", 1), (.bedrock, "regin", "region", 1),
            (.bedrock, "reigon", "region", 1), (.bedrock, "rejion", "region", 1), (.bedrock, "rigeon", "region", 2),
            (.bedrock, "ragoin", "region", 2), (.bedrock, "regions", "region", 1), (.bedrock, "regionId", "region", 2),
            (.bedrock, "auht", "auth", 1), (.bedrock, "atuh", "auth", 1), (.bedrock, "Auth", "auth", 0),
            (.bedrock, "ath", "auth", 1), (.bedrock, "autt", "auth", 1), (.bedrock, "aauthh", "auth", 2),
            (.xai, "regoin", "region", 1), (.azure, "resorceName", "resourceName", 1),
            (.azure, "ResourceName", "resourceName", 0), (.azure, "resource_name", "resourceName", 0),
            (.azure, "resource-name", "resourceName", 0), (.azure, "resource.name", "resourceName", 0),
            (.azure, "resource name", "resourceName", 0), (.azure, "RESOURCE_NAME", "resourceName", 0),
            (.azure, "ressourceName", "resourceName", 1), (.azure, "recourseName", "resourceName", 2),
            (.azure, "resourcName", "resourceName", 1), (.azure, "resourceNaem", "resourceName", 1),
            (.azure, "api_version", "apiVersion", 0), (.azure, "apiversion", "apiVersion", 0),
            (.azure, "api-version", "apiVersion", 0), (.azure, "apiVerison", "apiVersion", 1),
            (.azure, "apVersoin", "apiVersion", 2), (.google, "verison", "version", 1),
            (.google, "Version", "version", 0), (.google, "vresoin", "version", 2), (.google, "versions", "version", 1),
            (.anthropic, "vershion", "version", 1), (.openai, "organisation", "organization", 1),
            (.openai, "orgnization", "organization", 1), (.openai, "organzation", "organization", 1),
            (.openai, "oragnizaiton", "organization", 2), (.openai, "orgainzation", "organization", 1),
            (.openai, "projcet", "project", 1), (.openai, "porject", "project", 1), (.openai, "proyect", "project", 1),
            (.openai, "Project", "project", 0), (.openai, "projectId", "project", 2),
            (.openai, "project_id", "project", 2), (.gateway, "header", "headers", 1),
            (.gateway, "Headers", "headers", 0), (.gateway, "haeders", "headers", 1),
            (.custom, "hedaers", "headers", 1),
            (.custom, "heder", "headers", 2), (.custom, "organisation", "organization", 1),
        ] as [(ProviderSlug, String, String, Int)]
    )
    func near(slug: ProviderSlug, key: String, setting: String, edits: Int) throws {
        let found = try #require(Self.near(key, slug), "\(slug) \(key)")
        #expect(found == (setting, edits), "\(slug) \(key)")
    }

    @Test("Any one or two edits of a setting are near to it, unless they make another word", arguments: 0..<4)
    func edits(seed: Int) throws {
        for slug in ProviderSlug.allCases {
            for setting in slug.facts.settings.map(\.name.description) {
                for edited in Self.edits(of: setting, seed: seed) where edited.lowercased() != setting.lowercased() {
                    let isShort = setting.count <= 4 && edited.first != setting.first
                    #expect(Self.use(edited, slug) != .free || isShort, "\(slug) \(setting) \(edited)")
                }
            }
        }
    }

    /// Substitutions of two letters that no word has, and swaps.
    private static func edits(of word: String, seed: Int) -> [String] {
        let letters = Array(word)
        return letters.indices.flatMap { at -> [String] in
            let other = (at + seed * 3 + 1) % letters.count
            var substituted = letters
            substituted[at] = "q"
            substituted[other] = "x"
            var swapped = letters
            if at + 1 < letters.count { swapped.swapAt(at, at + 1) }
            var inserted = letters
            inserted.insert("q", at: at)
            inserted.insert("x", at: other)
            return [substituted, swapped, inserted].map { String($0) }
        }
    }

    @Test("A setting of other slugs is known as theirs", arguments: ProviderSlug.allCases)
    func elsewhere(slug: ProviderSlug) {
        let own = Set(slug.facts.settings.map(\.name.description))
        for (position, name) in ProviderSlug.settingNames.enumerated() where !own.contains(name.description) {
            #expect(Self.use(name.description, slug) == .readElsewhere(position), "\(name)")
            #expect(ProviderSlug.reading(name.description).contains(slug) == false)
        }
        if !own.contains("apiVersion") {
            #expect(Self.use("api_version", slug) == Self.use("apiVersion", slug))
        }
    }

    /// Parameters of OpenAI's, Anthropic's and Google's APIs, of LiteLLM, LangChain and Ollama, and plain words.
    static let ordinaryKeys = [
        "note", "notes", "retry", "retries", "maxRetries", "max_retries", "temperature", "timeout", "timeouts", "topP",
        "top_p", "topK", "top_k", "maxTokens", "max_tokens", "max_output_tokens", "maxOutputTokens",
        "max_completion_tokens", "stop", "stop_sequences", "seed", "stream", "stream_options", "user", "n", "logprobs",
        "top_logprobs", "logit_bias", "presence_penalty", "frequency_penalty", "response_format", "tools",
        "tool_choice", "parallel_tool_calls", "functions", "function_call", "reasoning", "reasoning_effort",
        "reason", "thinking", "budget_tokens", "system", "messages", "input", "output", "prompt", "prompts", "metadata",
        "service_tier", "store", "verbosity", "modalities", "audio", "vision", "images", "safety_settings",
        "generation_config", "cached_content", "num_ctx", "num_predict", "keep_alive", "repeat_penalty", "mirostat",
        "format", "options", "template", "raw", "context", "model", "models", "model_info", "model_name",
        "base_model", "mode", "rpm", "tpm", "weight", "order", "priority", "tags", "labels", "team", "owner", "env",
        "environment", "stage", "tier", "cost", "price", "input_cost_per_token", "output_cost_per_token", "budget",
        "limit", "limits", "quota", "rate", "rate_limit", "concurrency", "max_parallel_requests", "cooldown_time",
        "allowed_fails", "fallbacks", "cache", "caching", "ttl", "drop_params", "additional_drop_params", "extra_body",
        "extra_query", "custom_llm_provider", "aws_region_name", "aws_role_name", "vertex_location", "vertex_project",
        "stream_timeout", "request_timeout", "connect_timeout", "proxy", "verify", "ssl", "cert", "ca", "path", "paths",
        "math", "month", "depth", "width", "length", "with", "both", "author", "auto", "oauth", "audit", "alt", "art",
        "input_type", "session", "person", "revision", "mission", "product", "object", "subject", "protect", "prefix",
        "reads", "readers", "leaders", "loaders", "reader", "origin", "legion", "religion", "season", "design",
        "appVersion", "app_version", "modelVersion", "model_version", "deployment", "deploymentName", "description",
        "title", "comment", "enabled", "disabled", "debug", "log", "logs", "level", "dimension", "dimensions",
        "encoding_format", "data", "dataset", "feature", "features", "flags", "beta", "betas", "guardrail",
        "guardrails", "performanceConfig", "additionalModelRequestFields", "inferenceConfig", "sourceName",
    ]

    @Test("Ordinary keys are free", arguments: ProviderSlug.allCases)
    func ordinary(slug: ProviderSlug) {
        #expect(Self.ordinaryKeys.count >= 60)
        for key in Self.ordinaryKeys { #expect(Self.use(key, slug) == .free, "\(key)") }
        for key in ["", " ", "é", "..", String(repeating: "region", count: 4), "region\u{301}"] {
            _ = Self.use(key, slug)
        }
        #expect(Self.use("", slug) == .free)
    }
}
