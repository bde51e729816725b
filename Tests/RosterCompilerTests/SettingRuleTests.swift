import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterSources
import Testing

@testable import RosterCompiler

/// A provider's `config` with its `baseUrl` and model.
@Suite("Settings in config")
struct SettingRuleTests {
    private static let today = CalendarDate("2026-11-24")

    /// Returns the diagnostics of a provider that is valid except for the arguments.
    static func check(
        _ slug: ProviderSlug,
        _ config: String,
        baseURL: String? = nil,
        model: String = "gpt-5.6"
    ) async throws -> [Diagnostic] {
        var text = """
            id: aip_8QzKx0vT2mWb4NcR
            name: GPT-4o for checkout
            provider: \(slug.rawValue)
            defaultModel: "\(model)"

            """
        let needsURL = slug == .gateway || slug == .custom
        if let url = baseURL ?? (needsURL ? "https://llm.example.com/v1" : nil) { text += "baseUrl: \(url)\n" }
        text += config.contains("\n") ? "config:\n\(config)" : "config: \(config)\n"
        let files = RuleExample.common.filter { $0.path == "roster.yaml" } + [("providers/acme/p.yaml", text)]
        let options = Compiler.Options(today: try #require(today))
        let found = try await Compiler(options).analyze(MemoryTree(files.map { ($0.path, Array($0.text.utf8)) }))
        // They need a secret, which does not affect their settings.
        return found.diagnostics.filter { !["missing-secret", "ambient-credentials"].contains($0.rule) }
    }

    // MARK: - Contradictions

    private static let bedrock = "{region: eu-central-1}"

    @Test(
        "A host of Bedrock in another region contradicts the region",
        arguments: [
            "bedrock-runtime.us-east-1.amazonaws.com", "bedrock-runtime-fips.us-east-1.amazonaws.com",
            "bedrock.us-east-1.amazonaws.com", "bedrock-fips.us-east-1.amazonaws.com",
            "BEDROCK-RUNTIME.US-EAST-1.AMAZONAWS.COM", "bedrock-runtime.us-east-1.api.aws",
            "vpce-0a1b2c3d-x1y2z3.bedrock-runtime.us-east-1.vpce.amazonaws.com",
            "vpce-0a1b2c3d-x1y2z3-us-east-1a.bedrock-runtime.us-east-1.vpce.amazonaws.com",
        ]
    )
    func hosts(host: String) async throws {
        for url in ["https://\(host)", "https://\(host)/", "https://\(host):443/stage"] {
            let found = try await Self.check(.bedrock, Self.bedrock, baseURL: url)
            try #require(found.map(\.rule) == ["contradictory-setting"], "\(found)")
            #expect(found[0].severity == .warning)
            #expect(found[0].message.contains("\"us-east-1\"") && found[0].message.contains("\"eu-central-1\""))
            #expect(found[0].place.span?.column == 18 && found[0].place.span?.endColumn == 30)
            let same = try await Self.check(.bedrock, "{region: us-east-1}", baseURL: url)
            #expect(same.isEmpty, "\(same)")
        }
    }

    @Test(
        "Other partitions have their own domains",
        arguments: [
            ("bedrock-runtime.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            ("vpce-1.bedrock-runtime.cn-north-1.vpce.amazonaws.com.cn", "cn-north-1"),
            ("bedrock-runtime-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
            ("bedrock-runtime.us-gov-east-1.api.aws", "us-gov-east-1"),
            ("bedrock-runtime.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
        ]
    )
    func partitions(host: String, region: String) async throws {
        let found = try await Self.check(.bedrock, Self.bedrock, baseURL: "https://\(host)")
        #expect(found.map(\.rule) == ["contradictory-setting"], "\(found)")
        #expect(found.first?.message.contains(region) == true)
    }

    @Test(
        "A host outside AWS Bedrock does not contradict a region",
        arguments: [
            "proxy.example.org", "us-east-1.example.org", "bedrock-runtime.us-east-1.example.org",
            "bedrock-runtime.us-east-1.amazonaws.com.example.org", "localhost", "10.0.0.1",
            "abc123.execute-api.us-east-1.amazonaws.com", "my-lb.us-east-1.elb.amazonaws.com", "bedrock.amazonaws.com",
            "notamazonaws.com", "bedrock-runtime.us-east-1.notamazonaws.com",
        ]
    )
    func otherHosts(host: String) async throws {
        let found = try await Self.check(.bedrock, Self.bedrock, baseURL: "https://\(host)")
        #expect(!found.map(\.rule).contains("contradictory-setting"), "\(found)")
    }

    @Test(
        "The region in the ARN of a model contradicts a different region",
        arguments: [
            ("arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4", "eu-central-1"),
            ("arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0", "us-west-2"),
            ("arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:provisioned-model/abc", "us-gov-east-1"),
            ("arn:aws-cn:bedrock:cn-north-1:123456789012:application-inference-profile/abc", "cn-northwest-1"),
            ("arn:aws:sagemaker:us-east-1:123456789012:endpoint/abc", "us-east-2"),
        ]
    )
    func arns(model: String, region: String) async throws {
        let found = try await Self.check(.bedrock, "{region: \(region)}", model: model)
        #expect(found.map(\.rule) == ["contradictory-setting"], "\(found)")
        let own = model.split(separator: ":", omittingEmptySubsequences: false)[3]
        let same = try await Self.check(.bedrock, "{region: \(own)}", model: model)
        #expect(same.isEmpty, "\(same)")
    }

    @Test(
        "A model of one geography fits only its regions",
        arguments: [
            (
                "us.anthropic.claude-sonnet-4", ["us-east-1", "us-west-2", "ca-central-1"],
                ["eu-west-1", "us-gov-west-1"]
            ),
            ("eu.amazon.nova-lite-v1:0", ["eu-central-1", "eu-north-1", "il-central-1"], ["us-east-1", "ap-south-1"]),
            ("apac.amazon.nova-lite-v1:0", ["ap-south-1", "me-central-1"], ["eu-west-1", "us-east-1", "sa-east-1"]),
            ("jp.anthropic.claude-sonnet-4-5", ["ap-northeast-1", "ap-northeast-3"], ["ap-northeast-2", "us-east-1"]),
            ("au.anthropic.claude-sonnet-4-5", ["ap-southeast-2", "ap-southeast-4"], ["ap-southeast-1", "us-east-1"]),
            ("ca.amazon.nova-lite-v1:0", ["ca-central-1", "ca-west-1"], ["us-east-1", "eu-west-1"]),
            ("us-gov.anthropic.claude-3-haiku", ["us-gov-west-1", "us-gov-east-1"], ["us-east-1", "us-west-2"]),
            ("global.anthropic.claude-sonnet-4-5", ["us-east-1", "eu-west-1", "ap-south-1", "sa-east-1"], []),
            ("amazon.nova-lite-v1:0", ["us-east-1", "eu-west-1"], []),
            ("meta.llama3-70b-instruct-v1:0", ["us-east-1", "eu-west-1"], []),
        ]
    )
    func geographies(model: String, fitting: [String], others: [String]) async throws {
        for region in fitting {
            let found = try await Self.check(.bedrock, "{region: \(region)}", model: model)
            #expect(found.isEmpty, "\(found)")
        }
        for region in others {
            let found = try await Self.check(.bedrock, "{region: \(region)}", model: model)
            try #require(found.map(\.rule) == ["contradictory-setting"], "\(region) \(found)")
            let prefix = String(model.prefix { $0 != "." }) + "."
            #expect(found[0].message.contains(region) && found[0].message.contains("\"\(prefix)\""))
        }
    }

    @Test(
        "The setting of another slug is also compared with the base URL",
        arguments: [
            (.azure, "{resourceName: acme-dev}", "https://acme-prod.openai.azure.com", "acme-prod"),
            (.azure, "{resourceName: acme-dev}", "https://acme-prod.openai.azure.com/openai/v1", "acme-prod"),
            (.azure, "{resourceName: acme-dev}", "https://acme-prod.cognitiveservices.azure.com", "acme-prod"),
            (.azure, "{resourceName: acme-dev}", "https://acme-prod.services.ai.azure.com", "acme-prod"),
            (.azure, "{resourceName: acme-dev}", "https://acme-prod.openai.azure.us", "acme-prod"),
            (.azure, "{resourceName: acme-dev}", "https://acme-prod.openai.azure.cn", "acme-prod"),
            (.azure, "{resourceName: acme-dev}", "https://acme-prod.privatelink.openai.azure.com", "acme-prod"),
            (.xai, "{region: eu-west-1}", "https://us-east-1.api.x.ai/v1", "us-east-1"),
            (.xai, "{region: eu-west-1}", "https://api.x.ai/v1", "no region"),
            (.google, "{version: v1beta}", "https://generativelanguage.googleapis.com/v1", "v1"),
            (.google, "{version: v1}", "https://h.example.org/gemini/v1beta/", "v1beta"),
        ] as [(ProviderSlug, String, String, String)]
    )
    func others(slug: ProviderSlug, config: String, url: String, other: String) async throws {
        let found = try await Self.check(slug, config, baseURL: url).filter { $0.rule != "suspicious-base-url" }
        try #require(found.map(\.rule) == ["contradictory-setting"], "\(found)")
        #expect(found[0].message.contains(other))
    }

    @Test(
        "A base URL with the same value or without one does not contradict a setting",
        arguments: [
            (.azure, "{resourceName: acme-prod}", "https://acme-prod.openai.azure.com"),
            (.azure, "{resourceName: acme-prod}", "https://acme-prod.services.ai.azure.com"),
            (.azure, "{resourceName: acme-prod}", "https://apim.example.org"),
            (.azure, "{resourceName: acme-prod}", "https://swedencentral.api.cognitive.microsoft.com"),
            (.xai, "{region: eu-west-1}", "https://eu-west-1.api.x.ai/v1"),
            (.xai, "{region: eu-west-1}", "https://proxy.example.org/v1"),
            (.google, "{version: v1beta}", "https://generativelanguage.googleapis.com/v1beta"),
            (.google, "{version: v1beta}", "https://h.example.org"),
            (.google, "{version: v1beta}", "https://h.example.org/gemini"),
            (.openai, "{project: p}", "https://h.example.org/v1"),
        ] as [(ProviderSlug, String, String)]
    )
    func agreement(slug: ProviderSlug, config: String, url: String) async throws {
        let found = try await Self.check(slug, config, baseURL: url)
        #expect(found.isEmpty, "\(found)")
    }

    // MARK: - Unused settings

    @Test(
        "A misspelt setting, or one of another slug, is reported at its key",
        arguments: [
            (.openai, "organisation: a", "organization", true), (.openai, "oragnizaiton: a", "organization", false),
            (.openai, "projcet: a", "project", true), (.openai, "projectId: a", "project", false),
            (.openai, "\"porject\": a", "project", true), (.anthropic, "Version: a", "version", true),
            (.google, "apiVersion: v1beta", "version", false), (.google, "api_version: v1beta", "version", false),
            (.xai, "regoin: us-east-1", "region", true), (.gateway, "header: {a: b}", "headers", false),
            (.custom, "haeders: {a: b}", "headers", true), (.openai, "headers: {a: b}", nil, false),
            (.groq, "region: us-east-1", nil, false), (.ollama, "version: x", nil, false),
            (.custom, "auth: ambient", nil, false), (.xai, "resourceName: x", nil, false),
        ] as [(ProviderSlug, String, String?, Bool)]
    )
    func keys(slug: ProviderSlug, entry: String, meant: String?, isSafe: Bool) async throws {
        let found = try await Self.check(slug, "  note: x\n  \(entry)\n")
        try #require(found.map(\.rule) == ["unused-setting"], "\(found)")
        #expect(found[0].severity == .warning)
        #expect(found[0].label == meant.map { "did you mean \"\($0)\"?" })
        #expect(found[0].replacement?.text == meant)
        if meant != nil { #expect(found[0].replacement?.isSafe == isSafe) }
        let key = entry.prefix { $0 != ":" }
        let span = try #require(found[0].place.span)
        #expect(span.column == 3 && span.endColumn == 3 + key.count)
        // The suggestion leaves no second problem.
        guard let meant else { return }
        let value = meant == "headers" ? "{a: b}" : meant == "region" ? "us-east-1" : "v1"
        let corrected = try await Self.check(slug, "  note: x\n  \(meant): \(value)\n")
        #expect(corrected.isEmpty, "\(corrected)")
    }

    @Test("A setting that is there already is not suggested as a replacement")
    func present() async throws {
        let found = try await Self.check(.bedrock, "{region: eu-central-1, regoin: eu-west-1}")
        #expect(found.map(\.rule) == ["unused-setting"])
        #expect(found.first?.replacement == nil && found.first?.help?.contains("delete this key") == true)
    }

    @Test("Only one of two misspellings of a setting is corrected")
    func twoMisspellings() async throws {
        for (slug, config) in [
            (ProviderSlug.xai, "{regoin: eu-west-1, Region: eu-west-1}"),
            (.openai, "{organisation: a, organizaton: b}"),
            (.bedrock, "{regoin: eu-central-1, Region: eu-central-1}"), (.google, "{vesion: v1, Version: v1}"),
            (.google, "{version: v1, apiVersion: v1beta}"),
        ] {
            let found = try await Self.check(slug, config)
            let expected = config.contains("apiVersion") ? 1 : 2
            #expect(found.count == expected && found.count { $0.replacement != nil } == expected - 1, "\(found)")
            #expect(found.last?.help?.contains("delete this key") == true)
        }
    }

    @Test("A misspelt required setting is one error at its key")
    func required() async throws {
        for (slug, key, rule) in [
            (ProviderSlug.bedrock, "regoin", "missing-config"), (.bedrock, "Region", "missing-config"),
            (.azure, "resorceName", "missing-base-url"), (.azure, "resource_name", "missing-base-url"),
        ] {
            let found = try await Self.check(slug, "{\(key): eu-central-1}")
            try #require(found.map(\.rule) == [rule], "\(found)")
            #expect(found[0].severity == .error && found[0].place.span?.column == 10)
            #expect(found[0].label?.hasPrefix("did you mean") == true && found[0].replacement?.isSafe == true)
        }
        let unused = try await Self.check(.azure, "{resorceName: a}", baseURL: "https://h.example.org")
        #expect(unused.map(\.rule) == ["unused-setting"])
    }

    @Test(
        "An unused value is reported at the value",
        arguments: [
            (.google, "{version: v1beat}", "v1beta"), (.google, "{version: v1bta}", "v1beta"),
            (.google, "{version: v1alfa}", "v1alpha"), (.google, "{version: v1x}", "v1"),
            (.openai, "{organization: 5}", "\"5\""), (.openai, "{project: true}", "\"true\""),
            (.anthropic, "{version: 1.5}", "\"1.5\""),
            (.openai, "{project: [a]}", nil), (.bedrock, "{region: us-east-1, auth: ambeint}", nil),
        ] as [(ProviderSlug, String, String?)]
    )
    func values(slug: ProviderSlug, config: String, replacement: String?) async throws {
        let found = try await Self.check(slug, config)
        #expect(found.map(\.rule) == ["unused-setting"], "\(found)")
        #expect(found.first?.replacement?.text == replacement)
    }

    @Test(
        "A setting that the slug reads is accepted",
        arguments: [
            (.openai, "{organization: org-a, project: proj}"), (.openai, "{organization: null}"),
            (.anthropic, "{version: 2023-06-01}"), (.google, "{version: v1}"), (.google, "{version: v1beta}"),
            (.google, "{version: v1alpha}"), (.google, "{version: v1beta2}"), (.google, "{version: v2}"),
            (.xai, "{region: us-east-1}"), (.azure, "{resourceName: a, apiVersion: 2024-10-21}"),
            (.azure, "{resourceName: a, apiVersion: preview}"), (.bedrock, "{region: eu-central-1, auth: ambient}"),
            (.gateway, "{headers: {x-a: b}, organization: a, project: b}"), (.custom, "{headers: {}}"),
            (.groq, "{}"), (.ollama, "null"),
        ] as [(ProviderSlug, String)]
    )
    func read(slug: ProviderSlug, config: String) async throws {
        let found = try await Self.check(slug, config)
        #expect(found.isEmpty, "\(found)")
    }

    @Test(
        "A setting that is sent as a header has visible ASCII only",
        arguments: [
            (.openai, "organization", "a b"), (.openai, "organization", "\"\""), (.openai, "project", "é"),
            (.openai, "project", "\"a\\nb\""), (.anthropic, "version", "\"2023-06-01 \""),
        ] as [(ProviderSlug, String, String)]
    )
    func headerValue(slug: ProviderSlug, name: String, value: String) async throws {
        let found = try await Self.check(slug, "{\(name): \(value)}")
        try #require(found.map(\.rule) == ["invalid-value"], "\(found)")
        #expect(found[0].severity == .error && found[0].message.hasPrefix("\"config.\(name)\" is "))
        #expect(found[0].help?.contains("sent as the header") == true)
        // A slug that sends no such header has no such rule.
        #expect(try await Self.check(.ollama, "{note: \(value)}").isEmpty)
    }

    @Test("Free keys stay free, at any depth", arguments: ProviderSlug.allCases)
    func free(slug: ProviderSlug) async throws {
        let own = slug == .bedrock ? "region: eu-central-1, " : slug == .azure ? "resourceName: a, " : ""
        let free = "note: x, retry: {max: 3, region: y, regoin: z}, temperature: 0.5, timeout: 30, tags: [version]"
        let found = try await Self.check(slug, "{\(own)\(free)}")
        #expect(found.isEmpty, "\(found)")
    }

    @Test("Both warnings can be suppressed where they are")
    func suppressed() async throws {
        let found = try await Self.check(
            .bedrock,
            """
              region: eu-central-1  # roster:allow contradictory-setting moving to Frankfurt
              # roster:allow unused-setting read by billing
              project: checkout

            """,
            baseURL: "https://bedrock-runtime.us-east-1.amazonaws.com"
        )
        #expect(found.isEmpty, "\(found)")
    }
}
