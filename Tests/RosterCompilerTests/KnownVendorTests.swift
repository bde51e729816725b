import Foundation
import RosterDiagnostics
import RosterFrontend
import RosterModel
import Testing

@testable import RosterCompiler

/// Names of vendors in the place of a slug.
struct KnownVendorTests {
    @Test(arguments: [
        ("gemini", "google"), ("google_genai", "google"), ("azure_openai", "azure"), ("azure-openai", "azure"),
        ("aws-bedrock", "bedrock"), ("Amazon Bedrock", "bedrock"), ("claude", "anthropic"), ("ollama_chat", "ollama"),
        ("OpenAI", "openai"), ("Google", "google"), ("open-ai", "openai"), ("x.ai", "xai"), ("\"openai \"", "openai"),
        ("X_AI", "xai"), ("antropic", "anthropic"),
    ])
    func fixesAliasOfSlug(_ text: String, _ slug: String) async throws {
        let found = try await problem(text)
        #expect(found.replacement == Diagnostic.Replacement(text: slug, isSafe: true))
        #expect(found.label == "did you mean \"\(slug)\"?")
    }

    @Test(arguments: [
        ("aws", "bedrock"), ("amazon", "bedrock"), ("gpt", "openai"), ("chatgpt", "openai"),
    ])
    func suggestsSlugForAmbiguousName(_ text: String, _ slug: String) async throws {
        #expect(try await problem(text).replacement == Diagnostic.Replacement(text: slug, isSafe: false))
    }

    @Test(arguments: [
        ("mistral", "https://api.mistral.ai/v1"), ("deepseek", "https://api.deepseek.com/v1"),
        ("together", "https://api.together.ai/v1"), ("together_ai", "https://api.together.ai/v1"),
        ("fireworks", "https://api.fireworks.ai/inference/v1"), ("openrouter", "https://openrouter.ai/api/v1"),
        ("perplexity", "https://api.perplexity.ai"), ("cohere", "https://api.cohere.ai/compatibility/v1"),
        ("huggingface", "https://router.huggingface.co/v1"), ("cerebras", "https://api.cerebras.ai/v1"),
        ("nvidia", "https://integrate.api.nvidia.com/v1"), ("moonshot", "https://api.moonshot.ai/v1"),
        ("zhipu", "https://open.bigmodel.cn/api/paas/v4"), ("ai21", "https://api.ai21.com/studio/v1"),
        ("dashscope", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"),
        ("qwen", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"),
        ("sambanova", "https://api.sambanova.ai/v1"), ("github", "https://models.github.ai/inference"),
        ("cloudflare", "https://api.cloudflare.com/client/v4/accounts/<account-id>/ai/v1"),
        ("vllm", "http://localhost:8000/v1"), ("lmstudio", "http://localhost:1234/v1"),
        ("lm_studio", "http://localhost:1234/v1"), ("llamacpp", "http://localhost:8080/v1"),
        ("llama.cpp", "http://localhost:8080/v1"), ("localai", "http://localhost:8080/v1"),
        ("xinference", "http://localhost:9997/v1"), ("koboldcpp", "http://localhost:5001/v1"),
        ("gpt4all", "http://localhost:4891/v1"), ("jan", "http://localhost:1337/v1"),
        ("upstage", "https://api.upstage.ai/v1"),
        ("text-generation-webui", "http://localhost:5000/v1"), ("mistrl", "https://api.mistral.ai/v1"),
    ])
    func suggestsCustomWithURLForCompatibleVendor(_ text: String, _ url: String) async throws {
        let found = try await problem(text)
        let help = try #require(found.help)
        #expect(help.contains("\"provider: custom\"") && help.contains("\"baseUrl: \(url)\""))
        #expect(found.replacement == nil && found.label == nil)
    }

    @Test(arguments: [
        ("litellm", ["provider: gateway"]), ("portkey", ["provider: gateway", "https://api.portkey.ai/v1"]),
        ("grok", ["provider: xai", "provider: groq"]), ("llama", ["provider: ollama", "provider: custom"]),
        ("vertex_ai", ["provider: google", "key"]), ("replicate", ["no OpenAI-compatible endpoint", "gateway"]),
        ("openai/gpt-5.6", ["provider: openai", "defaultModel: gpt-5.6"]),
        ("https://api.example.org/v1", ["baseUrl", "provider: custom"]), ("nonsense", ["openai", "custom"]),
    ])
    func explainsUnsupportedVendors(_ text: String, _ words: [String]) async throws {
        let found = try await problem(text)
        let help = try #require(found.help)
        #expect(words.allSatisfy { help.contains($0) }, "\(help)")
        #expect(found.replacement == nil)
    }

    @Test func everyVendorInTableHasUsableEndpoint() throws {
        var names: Set<String> = []
        for name in KnownVendor.allNames {
            #expect(names.insert(name).inserted, "\(name)")
            #expect(ProviderSlug(spelledLike: name) == nil, "\(name)")
            let vendor = try #require(KnownVendor.named(name))
            switch vendor.advice {
            case .custom(let url), .gateway(let url):
                #expect((try? BaseURL(url.description.replacing("<account-id>", with: "a"))) != nil, "\(name)")
            case .slug, .words: break
            }
        }
    }

    @Test func formatPageHasSameAdvice() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = folder.appending(path: "Documentation/Manual.docc/Format.md")
        let rows = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
            .drop { $0 != "| written | use |" }.dropFirst(2).prefix { $0.hasPrefix("|") }
        #expect(rows.count > 10)
        for row in rows {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            try #require(cells.count == 2)
            for name in cells[0].split(separator: ", ") {
                let vendor = try #require(KnownVendor.named(name.trimmingCharacters(in: ["`"])), "\(name)")
                let use =
                    switch vendor.advice {
                    case .slug(let slug, _): "`\(slug.rawValue)`"
                    case .custom(let url): "`custom` with `baseUrl: \(url)`"
                    case .gateway(let url): "`gateway` with `baseUrl: \(url)`"
                    case .words(let words): words
                    }
                #expect(cells[1] == use)
            }
        }
    }

    private func problem(_ slug: String) async throws -> Diagnostic {
        let text = RuleExample.provider.replacing("provider: openai", with: "provider: \(slug)")
        let found = try await ProviderMistakes(provider: text).diagnostics()
        #expect(found.map(\.rule) == ["unknown-provider-slug"], "\(found)")
        return try #require(found.first)
    }
}
