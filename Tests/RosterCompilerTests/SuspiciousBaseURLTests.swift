import RosterDiagnostics
import RosterFrontend
import RosterModel
import Testing

@testable import RosterCompiler

@Suite("Suspicious base URLs")
struct SuspiciousBaseURLTests {
    @Test(
        "A wrong base URL is reported, and the lines of the help have no warning",
        arguments: [
            // A version after a version.
            ("openai", "https://h.example.org/api/paas/v4", "custom", "https://h.example.org/api/paas/v4"),
            ("openai", "https://h.example.org/api/paas/v4/", "custom", "https://h.example.org/api/paas/v4"),
            ("openai", "https://h.example.org/v1beta", "custom", "https://h.example.org/v1beta"),
            ("openai", "https://h.example.org/v2alpha3", "custom", "https://h.example.org/v2alpha3"),
            (
                "openai", "https://ark.cn-beijing.volces.com/api/v3", "custom",
                "https://ark.cn-beijing.volces.com/api/v3"
            ),
            ("xai", "https://h.example.org/v3", "custom", "https://h.example.org/v3"),
            ("xai", "https://api.x.ai/v2", "xai", "https://api.x.ai"),
            ("anthropic", "https://h.example.org/v2", "anthropic", "https://h.example.org"),
            ("anthropic", "https://h.example.org/a/v1beta", "anthropic", "https://h.example.org/a"),
            ("groq", "https://h.example.org/v1", "custom", "https://h.example.org/v1"),
            ("groq", "https://api.groq.com/v1", "groq", "https://api.groq.com"),
            ("azure", "https://h.example.org/v1", "custom", "https://h.example.org/v1"),
            ("azure", "https://acme.openai.azure.com/v1", "azure", "https://acme.openai.azure.com"),
            ("ollama", "http://localhost:11434/v1", "ollama", "http://localhost:11434"),
            ("ollama", "http://localhost:11434/v1/", "ollama", "http://localhost:11434"),
            ("ollama", "https://ollama.example.org/prefix/v1", "ollama", "https://ollama.example.org/prefix"),
            ("ollama", "http://localhost:11434/api/v1", "ollama", "http://localhost:11434"),
            ("bedrock", "https://h.example.org/api/v1", "custom", "https://h.example.org/api/v1"),
            ("openai", "https://h.example.org/v1/proxy", "custom", "https://h.example.org/v1/proxy"),
            // Part of what is appended.
            ("groq", "https://api.groq.com/openai", "groq", "https://api.groq.com"),
            ("groq", "https://h.example.org/openai", "groq", "https://h.example.org"),
            ("azure", "https://acme.openai.azure.com/openai", "azure", "https://acme.openai.azure.com"),
            ("azure", "https://h.example.org/a/openai/", "azure", "https://h.example.org/a"),
            // An operation, or the beginning of one.
            ("openai", "https://api.openai.com/v1/chat/completions", "openai", "https://api.openai.com/v1"),
            ("openai", "https://api.openai.com/v1/chat/completions/", "openai", "https://api.openai.com/v1"),
            ("openai", "https://h.example.org/v1/chat", "openai", "https://h.example.org/v1"),
            ("openai", "https://h.example.org/chat", "openai", "https://h.example.org"),
            ("openai", "https://h.example.org/v1/models", "openai", "https://h.example.org/v1"),
            ("openai", "https://h.example.org/v1/responses", "openai", "https://h.example.org/v1"),
            ("openai", "https://h.example.org/v1/embeddings", "openai", "https://h.example.org/v1"),
            ("xai", "https://api.x.ai/v1/chat/completions", "xai", "https://api.x.ai/v1"),
            (
                "custom", "https://h.example.org/api/paas/v4/chat/completions", "custom",
                "https://h.example.org/api/paas/v4"
            ),
            ("gateway", "https://h.example.org/v1/completions", "gateway", "https://h.example.org/v1"),
            ("gateway", "https://h.example.org/chat", "gateway", "https://h.example.org"),
            ("groq", "https://api.groq.com/openai/v1/models", "groq", "https://api.groq.com/openai/v1"),
            ("anthropic", "https://api.anthropic.com/v1/messages", "anthropic", "https://api.anthropic.com/v1"),
            ("anthropic", "https://h.example.org/messages", "anthropic", "https://h.example.org"),
            ("anthropic", "https://h.example.org/v1/messages/batches", "anthropic", "https://h.example.org/v1"),
            (
                "google", "https://generativelanguage.googleapis.com/v1/models", "google",
                "https://generativelanguage.googleapis.com/v1"
            ),
            (
                "google", "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:generateContent",
                "google", "https://generativelanguage.googleapis.com/v1beta"
            ),
            ("google", "https://h.example.org/v1beta/models/gemini-2.5-pro", "google", "https://h.example.org/v1beta"),
            ("ollama", "http://localhost:11434/api", "ollama", "http://localhost:11434"),
            ("ollama", "http://localhost:11434/api/chat", "ollama", "http://localhost:11434"),
            ("ollama", "https://ollama.example.org/prefix/api/generate", "ollama", "https://ollama.example.org/prefix"),
            (
                "bedrock", "https://bedrock-runtime.us-east-1.amazonaws.com/model", "bedrock",
                "https://bedrock-runtime.us-east-1.amazonaws.com"
            ),
            ("bedrock", "https://h.example.org/model/anthropic.claude-3/converse", "bedrock", "https://h.example.org"),
            ("bedrock", "https://h.example.org/foundation-models", "bedrock", "https://h.example.org"),
            (
                "azure", "https://acme.openai.azure.com/openai/v1/chat/completions", "azure",
                "https://acme.openai.azure.com/openai/v1"
            ),
            ("azure", "https://acme.services.ai.azure.com/models", "azure", "https://acme.services.ai.azure.com"),
            // Another protocol's operation.
            ("custom", "http://localhost:11434/api/chat", "custom", "http://localhost:11434/v1"),
            ("gateway", "https://ollama.example.org/a/api/tags", "gateway", "https://ollama.example.org/a/v1"),
            ("openai", "http://localhost:11434/api/chat", "openai", "http://localhost:11434/v1"),
            ("groq", "http://localhost:11434/api/generate", "custom", "http://localhost:11434/v1"),
            ("custom", "https://h.example.org/v1/messages", "custom", "https://h.example.org/v1"),
            ("openai", "https://h.example.org/v1/messages", "anthropic", "https://h.example.org/v1"),
            ("custom", "https://api.anthropic.com/v1/messages", "custom", "https://api.anthropic.com/v1"),
            ("anthropic", "https://h.example.org/v1/chat/completions", "custom", "https://h.example.org/v1"),
            ("ollama", "http://localhost:11434/v1/chat/completions", "custom", "http://localhost:11434/v1"),
            (
                "google", "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions", "custom",
                "https://generativelanguage.googleapis.com/v1beta/openai"
            ),
            (
                "custom", "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:generateContent",
                "custom", "https://generativelanguage.googleapis.com/v1beta/openai"
            ),
            // Azure's API with dated versions.
            (
                "azure", "https://acme.openai.azure.com/openai/deployments/gpt-4o", "azure",
                "https://acme.openai.azure.com"
            ),
            ("azure", "https://acme.openai.azure.com/openai/deployments", "azure", "https://acme.openai.azure.com"),
            (
                "azure", "https://acme.openai.azure.com/openai/deployments/gpt-4o/chat/completions", "azure",
                "https://acme.openai.azure.com"
            ),
            (
                "custom", "https://acme.openai.azure.com/openai/deployments/gpt-4o", "azure",
                "https://acme.openai.azure.com"
            ),
            ("openai", "https://h.example.org/x/openai/deployments/gpt-4o", "azure", "https://h.example.org/x"),
            // The address of another protocol.
            (
                "google", "https://generativelanguage.googleapis.com/v1beta/openai", "custom",
                "https://generativelanguage.googleapis.com/v1beta/openai"
            ),
            (
                "google", "https://generativelanguage.googleapis.com/v1beta/openai/", "custom",
                "https://generativelanguage.googleapis.com/v1beta/openai"
            ),
            (
                "openai", "https://generativelanguage.googleapis.com/v1beta/openai", "custom",
                "https://generativelanguage.googleapis.com/v1beta/openai"
            ),
            ("openai", "https://h.example.org/v3/openai", "custom", "https://h.example.org/v3/openai"),
            ("anthropic", "https://h.example.org/openai/v1", "custom", "https://h.example.org/openai/v1"),
            (
                "bedrock", "https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1", "custom",
                "https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1"
            ),
            ("openai", "https://api.deepseek.com/anthropic", "anthropic", "https://api.deepseek.com/anthropic"),
            ("custom", "https://api.z.ai/api/anthropic", "anthropic", "https://api.z.ai/api/anthropic"),
            (
                "azure", "https://acme.services.ai.azure.com/anthropic", "anthropic",
                "https://acme.services.ai.azure.com/anthropic"
            ),
            (
                "openai", "https://aiplatform.googleapis.com/v1beta1/projects/p/locations/l/endpoints/openapi",
                "custom", "https://aiplatform.googleapis.com/v1beta1/projects/p/locations/l/endpoints/openapi"
            ),
            (
                "openai", "https://gateway.ai.cloudflare.com/v1/a/g/openai", "custom",
                "https://gateway.ai.cloudflare.com/v1/a/g/openai"
            ),
            (
                "groq", "https://gateway.ai.cloudflare.com/v1/a/g/groq", "custom",
                "https://gateway.ai.cloudflare.com/v1/a/g/groq"
            ),
            (
                "openai", "https://gateway.ai.cloudflare.com/v1/a/g/compat", "custom",
                "https://gateway.ai.cloudflare.com/v1/a/g/compat"
            ),
            ("openai", "https://api.deepinfra.com/v1/openai", "custom", "https://api.deepinfra.com/v1/openai"),
            // Another slug's host.
            ("openai", "https://api.groq.com/openai/v1", "groq", "https://api.groq.com/openai/v1"),
            ("openai", "https://api.anthropic.com", "anthropic", "https://api.anthropic.com"),
            (
                "openai", "https://generativelanguage.googleapis.com/v1beta", "google",
                "https://generativelanguage.googleapis.com/v1beta"
            ),
            ("anthropic", "https://api.openai.com/v1", "openai", "https://api.openai.com/v1"),
            ("azure", "https://api.openai.com/v1", "openai", "https://api.openai.com/v1"),
            ("openai", "https://acme.openai.azure.com", "azure", "https://acme.openai.azure.com"),
            (
                "openai", "https://bedrock-runtime.us-east-1.amazonaws.com", "custom",
                "https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1"
            ),
            (
                "custom", "https://generativelanguage.googleapis.com", "custom",
                "https://generativelanguage.googleapis.com/v1beta/openai"
            ),
            (
                "gateway", "https://generativelanguage.googleapis.com/v1beta", "gateway",
                "https://generativelanguage.googleapis.com/v1beta/openai"
            ),
            ("custom", "https://api.openai.com", "custom", "https://api.openai.com/v1"),
            ("custom", "https://api.anthropic.com", "custom", "https://api.anthropic.com/v1"),
            ("custom", "https://acme.openai.azure.com/openai", "custom", "https://acme.openai.azure.com/openai/v1"),
            ("custom", "http://localhost:11434", "custom", "http://localhost:11434/v1"),
            ("gateway", "http://127.0.0.1:11434/api", "gateway", "http://127.0.0.1:11434/v1"),
            // The slug's own host with a path that it does not have.
            ("openai", "https://api.openai.com/v2", "openai", "https://api.openai.com"),
            (
                "bedrock", "https://bedrock-runtime.us-east-1.amazonaws.com/v1", "bedrock",
                "https://bedrock-runtime.us-east-1.amazonaws.com"
            ),
        ]
    )
    func reported(slug: String, url: String, rightSlug: String, rightURL: String) async throws {
        let found = try await AddressFile(slug, url).problems
        try #require(found.map(\.rule) == ["suspicious-base-url"], "\(found)")
        #expect(found[0].severity == .warning)
        let help = try #require(found[0].help)
        #expect(help.hasSuffix("baseUrl: \(rightURL)"), "\(help)")
        #expect(help.contains("provider: \(rightSlug) and") == (slug != rightSlug), "\(help)")
        #expect(found[0].replacement?.text == (slug == rightSlug ? PlainText.scalar(rightURL, inFlow: true) : nil))
        #expect(try await AddressFile(rightSlug, rightURL).problems.isEmpty)
    }

    @Test(
        "A right base URL is not reported",
        arguments: [
            ("openai", "https://h.example.org/v1"), ("openai", "https://h.example.org/openai/v1"),
            ("openai", "https://h.example.org"), ("openai", "https://eu.api.openai.com/v1"),
            ("openai", "https://api.openai.com/tenants/7/v1"),
            ("openai", "https://h.example.org/openai"), ("openai", "https://h.example.org/v1/"),
            ("openai", "https://api.together.xyz/v1"), ("openai", "https://api.fireworks.ai/inference/v1"),
            ("openai", "https://openrouter.ai/api/v1"), ("openai", "https://api.mistral.ai/v1"),
            ("openai", "https://api.deepseek.com"), ("openai", "https://api.cerebras.ai/v1"),
            ("openai", "https://dashscope.aliyuncs.com/compatible-mode/v1"), ("openai", "http://localhost:1234/v1"),
            ("openai", "https://router.huggingface.co/v1"), ("openai", "https://ai-gateway.vercel.sh/v1"),
            ("openai", "http://localhost:11434"),
            ("custom", "https://h.example.org/api/paas/v4"), ("custom", "https://api.z.ai/api/paas/v4"),
            ("custom", "https://api.together.xyz/v1"), ("custom", "https://api.fireworks.ai/inference/v1"),
            ("custom", "https://api.deepinfra.com/v1/openai"), ("custom", "https://openrouter.ai/api/v1"),
            ("custom", "https://api.mistral.ai/v1"), ("custom", "https://api.deepseek.com"),
            ("custom", "https://api.perplexity.ai"), ("custom", "https://api.cerebras.ai/v1"),
            ("custom", "https://api.moonshot.ai/v1"), ("custom", "https://open.bigmodel.cn/api/paas/v4"),
            ("custom", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"),
            ("custom", "https://integrate.api.nvidia.com/v1"), ("custom", "https://router.huggingface.co/v1"),
            ("custom", "https://models.github.ai/inference"), ("custom", "https://api.sambanova.ai/v1"),
            ("custom", "https://api.cohere.ai/compatibility/v1"), ("custom", "https://api.novita.ai/v3/openai"),
            ("custom", "https://api.minimax.io/v1"), ("custom", "https://inference.baseten.co/v1"),
            ("custom", "https://ark.cn-beijing.volces.com/api/v3"), ("custom", "https://api.llama.com/compat/v1"),
            ("custom", "https://api.cloudflare.com/client/v4/accounts/a/ai/v1"),
            ("custom", "https://gateway.ai.cloudflare.com/v1/a/g/openai"),
            ("custom", "https://gateway.ai.cloudflare.com/v1/a/g/compat"),
            ("custom", "https://aiplatform.googleapis.com/v1/projects/p/locations/l/endpoints/openapi"),
            ("custom", "https://generativelanguage.googleapis.com/v1beta/openai"),
            ("custom", "https://generativelanguage.googleapis.com/v1beta/openai/"),
            ("gateway", "https://generativelanguage.googleapis.com/v1/openai"),
            ("custom", "https://api.openai.com/v1"), ("custom", "https://api.anthropic.com/v1"),
            ("custom", "https://api.groq.com/openai/v1"), ("custom", "https://api.x.ai/v1"),
            ("custom", "https://acme.openai.azure.com/openai/v1"),
            ("custom", "https://acme.services.ai.azure.com/openai/v1"),
            ("custom", "https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1"),
            ("custom", "https://bedrock-mantle.us-east-1.api.aws/v1"), ("custom", "http://localhost:11434/v1"),
            ("custom", "http://localhost:8000/v1"), ("custom", "http://localhost:8080"),
            ("custom", "http://localhost:3000/api"), ("custom", "http://localhost:12434/engines/v1"),
            ("custom", "https://h.example.org/anthropic"), ("custom", "https://h.example.org"),
            ("custom", "https://dbc.cloud.databricks.com/serving-endpoints"),
            ("gateway", "https://api.portkey.ai/v1"), ("gateway", "http://localhost:4000"),
            ("gateway", "https://ai-gateway.helicone.ai/v1"), ("gateway", "https://ai-gateway.vercel.sh/v1"),
            ("anthropic", "https://h.example.org"), ("anthropic", "https://h.example.org/v1"),
            ("anthropic", "https://gateway.ai.cloudflare.com/v1/a/g/anthropic"),
            ("anthropic", "https://api.deepseek.com/anthropic"), ("anthropic", "https://api.moonshot.ai/anthropic"),
            ("anthropic", "https://acme.services.ai.azure.com/anthropic"), ("anthropic", "https://openrouter.ai/api"),
            ("anthropic", "http://localhost:11434"), ("anthropic", "http://localhost:4000/anthropic"),
            ("google", "https://h.example.org"), ("google", "https://h.example.org/v1beta"),
            ("google", "https://generativelanguage.googleapis.com"),
            ("google", "https://generativelanguage.googleapis.com/v1alpha"),
            ("google", "https://gateway.ai.cloudflare.com/v1/a/g/google-ai-studio"),
            ("xai", "https://eu-west-1.api.x.ai/v1"), ("xai", "https://h.example.org/v1"),
            ("groq", "https://api.groq.com"), ("groq", "https://h.example.org/openai/v1"),
            ("groq", "https://h.example.org/groq"),
            ("azure", "https://acme.openai.azure.com"), ("azure", "https://acme.openai.azure.com/openai/v1/"),
            ("azure", "https://acme.services.ai.azure.com"), ("azure", "https://acme.azure-api.net/llm"),
            ("bedrock", "https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com"),
            ("bedrock", "https://gateway.ai.cloudflare.com/v1/a/g/aws-bedrock/bedrock-runtime/us-east-1"),
            ("bedrock", "http://localhost:4000/bedrock"),
            ("ollama", "https://ollama.example.org/prefix"), ("ollama", "http://localhost:11434"),
            ("ollama", "https://ollama.com"), ("ollama", "http://localhost:3000/ollama"),
        ]
    )
    func silent(slug: String, url: String) async throws {
        let found = try await AddressFile(slug, url).problems
        #expect(found.isEmpty, "\(found)")
    }

    @Test(
        "The help names what else has to be changed",
        arguments: [
            (
                ProviderSlug.google, "{version: v1beta}", "https://h.example.org/v1beta/openai",
                "delete version from config, and write provider: custom and "
            ),
            (
                .azure, "{resourceName: acme, apiVersion: 2024-10-21}", "https://h.example.org/v4",
                "delete resourceName and apiVersion from config, and write provider: custom and "
            ),
            (.xai, "{region: eu-west-1}", "https://h.example.org/v4", "delete region from config, and write "),
            (
                .anthropic, "{note: a}", "https://bedrock-runtime.us-east-1.amazonaws.com",
                "write region: us-east-1 in config, and link a secret, and write provider: bedrock and "
            ),
            (.ollama, "{note: a}", "https://api.anthropic.com", "link a secret, and write provider: anthropic and "),
            (
                .google, "{version: v1beta}", "https://h.example.org/v1/models",
                "write version: v1 in config, and write "
            ),
            // Nothing else.
            (.google, "{version: v1beta}", "https://h.example.org/v1beta/models", "write baseUrl: "),
            (.xai, "{note: a}", "https://h.example.org/v4", "write provider: custom and "),
            (.openai, "{organization: a}", "https://h.example.org/v4", "write provider: custom and "),
        ]
    )
    func furtherSteps(slug: ProviderSlug, config: String, url: String, start: String) async throws {
        let found = try await SettingRuleTests.check(slug, config, baseURL: url)
        let help = try #require(found.first { $0.rule == "suspicious-base-url" }?.help)
        #expect(help.hasPrefix(start), "\(help)")
    }

    @Test("Unambiguous replacements are safe, and keep the quotes")
    func fixes() async throws {
        let quoted = try await AddressFile("openai", "'https://api.openai.com/v1/chat/completions'").problems
        #expect(quoted.first?.replacement == Diagnostic.Replacement(text: "'https://api.openai.com/v1'", isSafe: true))
        for (slug, url) in [("gateway", "https://h.example.org/chat"), ("ollama", "http://localhost:11434/v1")] {
            #expect(try await AddressFile(slug, url).problems.first?.replacement?.isSafe == false)
        }
        let ollama = try await AddressFile("ollama", "http://localhost:11434/v1").problems
        #expect(ollama.first?.help?.contains("custom") == true)
    }

    @Test(
        "Leading and trailing white space is rejected, and removed",
        arguments: ["' URL'", "\"URL \"", "\"\\tURL\\n\"", "URL\u{a0}", "|\n  URL"]
    )
    func whiteSpace(form: String) async throws {
        let url = "https://h.example.org/v1"
        let found = try await AddressFile("custom", form.replacing("URL", with: url)).problems
        #expect(found.map(\.rule) == ["invalid-base-url"], "\(found)")
        let replacement = try #require(found.first?.replacement)
        #expect(replacement.isSafe && replacement.text.trimmingQuotes == url)
    }

    @Test("An empty segment is rejected for every slug")
    func emptySegments() async throws {
        for slug in ProviderSlug.allCases {
            for url in ["https://h.example.org//v1", "https://h.example.org/v1//", "https://h.example.org/a//b"] {
                #expect(try await AddressFile(slug.rawValue, url).problems.map(\.rule) == ["invalid-base-url"])
            }
        }
    }
}

/// A provider's file with one base URL, and a secret that may go there.
private struct AddressFile {
    let slug: String
    let url: String

    init(_ slug: String, _ url: String) { (self.slug, self.url) = (slug, url) }

    /// The problems that are found in it.
    var problems: [Diagnostic] {
        get async throws {
            let config = slug == "bedrock" ? "config: {region: us-east-1}\n" : ""
            let provider =
                RuleExample.provider.replacing("provider: openai", with: "provider: \(slug)")
                .replacing("defaultModel: gpt-5.6", with: "defaultModel: m\nbaseUrl: \(url)\n" + config)
            let address = try? BaseURL(url.replacing("'", with: ""))
            let host = address.map { "\($0.origin.host)" } ?? "h.example.org"
            let example = RuleExample(
                ("providers/acme/gpt-4o.yaml", provider),
                ("secrets/acme/openai-prod.yaml", RuleExample.secret(hosts: host))
            )
            let found = try await Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_781))).analyze(
                example.tree
            ).diagnostics
            // A key for a server on this machine is another matter.
            return found.filter { $0.rule != "unneeded-secret" }
        }
    }
}
