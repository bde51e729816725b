import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterSources
import Testing

@testable import RosterCompiler

@Suite("Unlikely models")
struct UnlikelyModelTests {
    @Test(
        "A prefix, pattern, placeholder or blank is reported for the slugs that name models without them",
        arguments: [
            ("azure", "azure/gpt-5.6-prod", "gpt-5.6-prod"), ("azure", "Azure/gpt-5.6", "gpt-5.6"),
            ("openai", "openai/gpt-5.6", "gpt-5.6"), ("openai", "openai/openai/gpt-5.6", "gpt-5.6"),
            ("anthropic", "anthropic/claude-sonnet-5", "claude-sonnet-5"),
            ("google", "gemini/gemini-3.8-flash", "gemini-3.8-flash"),
            ("google", "google/gemini-3.8-flash", "gemini-3.8-flash"),
            ("google", "gemini/models/gemini-3.8-flash", "models/gemini-3.8-flash"),
            ("bedrock", "bedrock/us.anthropic.claude-sonnet-4-v1:0", "us.anthropic.claude-sonnet-4-v1:0"),
            (
                "bedrock", "bedrock/arn:aws:bedrock:us-east-1:123456789012:inference-profile/p",
                "arn:aws:bedrock:us-east-1:123456789012:inference-profile/p"
            ),
            ("openai", "openai/*", nil), ("openai", "*", nil), ("openai", "gpt-*", nil), ("openai", "{{MODEL}}", nil),
            ("anthropic", "${MODEL}", nil), ("google", "<model>", nil), ("azure", "azure/{{ deployment }}", nil),
            ("azure", "azure/responses/gpt-5.6", nil), ("bedrock", "bedrock/converse/anthropic.claude-3", nil),
            ("openai", "openai/", nil), ("openai", "GPT 4o", nil), ("anthropic", "Claude Sonnet 4", nil),
        ] as [(String, String, String?)]
    )
    func reported(slug: String, model: String, likely: String?) async throws {
        let found = try await ModelFile(slug: slug, model).problems
        try #require(found.map(\.rule) == ["unlikely-model"], "\(found)")
        #expect(found[0].severity == .warning)
        #expect(found[0].replacement?.text == likely.map { PlainText.scalar($0, inFlow: true) })
        if likely != nil { #expect(try await ModelFile(slug: slug, model).fixed() == likely) }
    }

    @Test(
        "Models that exist are not reported",
        arguments: [
            ("groq", "groq/next"), ("groq", "openai/gpt-oss-20b"), ("groq", "meta-llama/llama-4-maverick"),
            ("gateway", "anthropic/claude-sonnet-4"), ("gateway", "openai/*"), ("gateway", "gateway/x"),
            ("custom", "openai/gpt-5.6"), ("custom", "custom/x"), ("custom", "${MODEL}"), ("custom", "My Model"),
            ("custom", "accounts/fireworks/models/deepseek-v3"), ("custom", "@cf/meta/llama-3.1-8b-instruct"),
            ("ollama", "hf.co/org/model:Q4_K_M"), ("ollama", "ollama/x"), ("ollama", "library/llama3.2:latest"),
            ("xai", "xai/grok-4.7"), ("openai", "ft:gpt-5.6-mini-2024-07-18:acme:support:abc123"), ("openai", "GPT-4o"),
            ("openai", "gpt-5.4"), ("openai", "google/gemma-3"), ("azure", "gpt-5.6_prod.v2"), ("azure", "openai-prod"),
            ("google", "models/gemini-3.8-flash"), ("google", "tunedModels/my-model-123"),
            ("google", "gemini-3.8-flash"),
            ("anthropic", "claude-3-5-sonnet@20241022"), ("bedrock", "us.anthropic.claude-opus-4-7"),
            ("bedrock", "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc"),
            ("bedrock", "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-5"),
        ]
    )
    func silent(slug: String, model: String) async throws {
        let found = try await ModelFile(slug: slug, model).problems
        #expect(found.isEmpty, "\(found)")
    }

    @Test("Typographic quotes and dashes are reported for every slug, and the likely name has plain ones")
    func typographic() async throws {
        let quotes = [
            "“gpt-5.6”", "„gpt-5.6“", "«gpt-5.6»", "‹gpt-5.6›", "‘gpt-5.6’", "‚gpt-5.6‘", "′gpt-5.6′", "＂gpt-5.6＂",
        ]
        let dashes = ["\u{2010}", "\u{2011}", "\u{2012}", "–", "—", "\u{2015}", "\u{2212}", "\u{FE63}", "\u{FF0D}"]
        let halves = ["“gpt-5.6", "gpt-5.6”", "“ gpt-5.6 ”", "'“gpt–5.6”'"]
        for slug in ProviderSlug.allCases {
            for model in quotes + dashes.map({ "gpt\($0)5.6" }) + halves {
                let file = ModelFile(slug: slug.rawValue, model)
                let found = try await file.problems.filter { $0.rule == "unlikely-model" }
                #expect(
                    found.count == 1 && found.first?.replacement?.text.trimmingQuotes == "gpt-5.6",
                    "\(slug) \(model): \(found)"
                )
                #expect(try await file.fixed() == "gpt-5.6", "\(slug) \(model)")
            }
        }
    }

    @Test("Quotes as part of the text are reported, and inside a name they are only suggested")
    func plainQuotes() async throws {
        for model in [#"'"gpt-5.6"'"#, #""'gpt-5.6'""#, "\"`gpt-5.6`\""] {
            #expect(try await ModelFile(slug: "custom", written: model).fixed() == "gpt-5.6", "\(model)")
        }
        let found = try await ModelFile(slug: "custom", "gpt’4o").problems
        #expect(found.first?.replacement == Diagnostic.Replacement(text: "\"gpt'4o\"", isSafe: false))
    }

    @Test("A prefix at the base URL of another server is not removed automatically")
    func foreignServer() async throws {
        var file = ModelFile(slug: "openai", "openai/gpt-5.6")
        file.lines = "baseUrl: https://api.openai.com/v1\n"
        #expect(try await file.problems.first?.replacement?.isSafe == true)
        file.lines = "baseUrl: https://openrouter.ai/api/v1\n"
        file.secret = RuleExample.secret(hosts: "openrouter.ai")
        let found = try await file.problems
        #expect(found.map(\.replacement) == [Diagnostic.Replacement(text: "gpt-5.6", isSafe: false)])
    }

    @Test("A warning can be suppressed")
    func suppressed() async throws {
        let file = ModelFile(
            slug: "openai",
            written: "openai/gpt-5.6  # roster:allow unlikely-model our proxy wants it"
        )
        #expect(try await file.problems.isEmpty)
    }
}

@Suite("White space at the ends of a model")
struct ModelEndsTests {
    @Test("White space at an end is an error in every notation, and is removed")
    func removed() async throws {
        let blanks = [
            " ", "\\t", "\\n", "\\u00a0", "\\u1680", "\\u2000", "\\u2003", "\\u2009", "\\u200a", "\\u202f", "\\u205f",
            "\\u3000", String(repeating: " ", count: 150),
        ]
        var forms = [
            "' gpt-5.6'", "'gpt-5.6 '", "\u{a0}gpt-5.6", "gpt-5.6\u{3000}", "\u{2003}4\u{2003}", "'  it''s  '",
        ]
        forms += ["|\n  gpt-5.6", ">\n  gpt-5.6\n", "|+\n  gpt-5.6\n\n", "|-\n  gpt-5.6\u{a0}", "|2-\n   gpt-5.6"]
        for blank in blanks { forms += ["\"\(blank)gpt-5.6\"", "\"gpt-5.6\(blank)\"", "\"\(blank)gpt-5.6\(blank)\""] }
        for form in forms {
            for slug in ["openai", "google", "custom"] {
                let file = ModelFile(slug: slug, written: form)
                let found = try await file.problems
                #expect(found.map(\.rule) == ["invalid-value"] && found.first?.severity == .error, "\(form): \(found)")
                let expected = form.contains("it") ? "it's" : form.contains("\u{2003}4") ? "4" : "gpt-5.6"
                #expect(try await file.fixed() == expected, "\(form)")
            }
        }
        // The quotes that were there stay.
        #expect(try await ModelFile(slug: "openai", written: "' gpt-5.6'").problems[0].replacement?.text == "'gpt-5.6'")
    }

    @Test("White space alone is an error without a fix", arguments: ["' '", "\"\\n\\t\"", "\"\\u00a0\""])
    func nothingElse(form: String) async throws {
        let found = try await ModelFile(slug: "openai", written: form).problems
        #expect(found.map(\.rule) == ["invalid-value"] && found.first?.replacement == nil, "\(found)")
    }
}

/// A provider's file with one model, and a secret that may go where its slug's requests go.
private struct ModelFile {
    let slug: String
    let written: String
    var lines: String
    var secret: String

    init(slug: String, _ model: String) {
        self.init(slug: slug, written: PlainText.scalar(model, inFlow: true))
    }

    init(slug: String, written: String) {
        (self.slug, self.written) = (slug, written)
        (lines, secret) =
            switch slug {
            case "azure": ("config: {resourceName: acme}\n", RuleExample.secret(hosts: "acme.openai.azure.com"))
            case "bedrock":
                ("config: {region: us-east-1}\n", RuleExample.secret(hosts: "bedrock-runtime.us-east-1.amazonaws.com"))
            case "gateway", "custom":
                ("baseUrl: https://llm.example.com/v1\n", RuleExample.secret(hosts: "llm.example.com"))
            case "ollama":
                ("baseUrl: https://llm.example.com\n", RuleExample.secret(hosts: "llm.example.com"))
            default:
                (
                    "",
                    RuleExample.secret(
                        hosts: #""*.openai.com", "*.anthropic.com", "*.x.ai", "*.groq.com", "*.googleapis.com""#
                    )
                )
            }
    }

    private static let path = "providers/acme/gpt-4o.yaml"

    private var text: String {
        RuleExample.provider.replacing("provider: openai", with: "provider: \(slug)")
            .replacing("defaultModel: gpt-5.6", with: lines + "defaultModel: \(written)")
    }

    private func check(_ text: String) async throws -> AnalyzedRepository {
        let example = RuleExample((Self.path, text), ("secrets/acme/openai-prod.yaml", secret))
        return try await Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_781))).analyze(example.tree)
    }

    /// The problems that are found in it.
    var problems: [Diagnostic] {
        get async throws { try await check(text).diagnostics }
    }

    /// Returns the model after its replacement, with which no problem is left.
    func fixed() async throws -> String? {
        var text = text
        for diagnostic in try await problems {
            guard let replacement = diagnostic.replacement, let span = diagnostic.place.span else { continue }
            guard diagnostic.rule != "invalid-value" || replacement.isSafe else { continue }
            var bytes = Array(text.utf8)
            bytes.replaceSubrange(span.byteOffset..<span.byteOffset + span.byteLength, with: replacement.text.utf8)
            text = String(decoding: bytes, as: UTF8.self)
            break
        }
        let checked = try await check(text)
        #expect(checked.diagnostics.isEmpty, "\(text) \(checked.diagnostics)")
        return checked.registry(history: .modificationTimes)?.providers.first?.defaultModel
    }
}
