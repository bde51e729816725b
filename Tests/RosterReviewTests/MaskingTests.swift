import RosterCompiler
import RosterDiagnostics
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSources
import Testing

@testable import RosterReview

/// The hidden and the visible parts of a row.
@Suite("Keys and destinations in rows")
struct MaskingTests {
    private static let hosts = [
        "x.ya29.abcdefghijklmnopqrstuvwx.evil.example", "ya29.abcdefghijklmnopqrstuvwx",
        "sk-proj-abcdefghijklmnopqrstuvwx.evil.example", "sk-proj-abcdefghijklmnopqrstuvwx:8443",
        "a.sk-litellm-abcdefghijklmnopqrstuvwx.evil.example",
        "*.pplx-abcdefghijklmnopqrstuvwxyzabcdefghijklmn.example.org",
        "evil.sk-lf-01234567-89ab-cdef-0123-456789abcdef",
    ]

    private func rendered(_ changes: [Change]) -> [String] {
        let side = Review.Side()
        let review = Review(base: side, head: side, changes: changes)
        return ReviewFormat.allCases.map { review.rendering(as: $0).text }
    }

    @Test("Every format shows a host that has the shape of a key, and check reports it", arguments: hosts)
    func allowedHosts(host: String) async throws {
        let base = Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) })
        var head = base
        head[RiskExample.secret] = RuleExample.secret.replacing(
            "[api.openai.com]",
            with: "[api.openai.com, \"\(host)\"]"
        )
        let changes = try await ExampleReview.changes(base, head)
        #expect(changes.first?.risk == .critical)
        for text in rendered(changes) { #expect(text.contains(host) && !text.contains("[redacted]"), "\(text)") }
        let found = try await check(head)
        let report = try #require(found.first { $0.rule == "plaintext-key" }, "\(found)")
        #expect(report.severity == .error)
        #expect(report.place.excerpt?.text.contains(host) == true, "\(report)")
        #expect(!SealedText.text(of: Array((head[RiskExample.secret] ?? "").utf8)).contains("[redacted]"))
    }

    @Test("The host of a baseUrl is shown, and its path is hidden where it has the shape of a key", arguments: hosts)
    func baseURL(host: String) async throws {
        guard !host.hasPrefix("*") else { return }
        let base = Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) })
        var head = base
        let key = "hf_" + String(repeating: "a7", count: 17)
        head[RiskExample.provider] = RuleExample.provider + "baseUrl: https://\(host)/v1.\(key)\n"
        let changes = try await ExampleReview.changes(base, head)
        #expect(changes.first?.risk == .critical)
        for text in rendered(changes) {
            #expect(text.contains("https://\(host)/v1.[redacted]") && !text.contains(key), "\(text)")
        }
    }

    @Test func aKeyInThePlaceOfASecretsNameIsHidden() async throws {
        let base = Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) })
        let keys = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"]
        let sides = keys.map { key in
            base.merging(
                [RiskExample.provider: RuleExample.provider.replacing("secret: openai-prod", with: "secret: \(key)")]
            ) { $1 }
        }
        for (before, after) in [(base, sides[0]), (sides[0], base), (sides[0], sides[1])] {
            let changes = try await ExampleReview.changes(before, after)
            #expect(changes.first?.fields.contains { $0.path == "secret" } == true)
            for text in rendered(changes) {
                #expect(text.contains("redacted") && !keys.contains { text.contains($0) }, "\(text)")
            }
        }
    }

    @Test func aKeyIsHiddenOnBothSides() async throws {
        var base = Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) })
        var head = base
        let (old, new) = ("abcdefghijklmnopqrst7", "tsrqponmlkjihgfedcba7")
        for line in [
            "OPENAI_API_KEY: {}", "headers: {x-portkey-api-key: {}}", "gateway_auth: {value: {}}",
            "keys: {api_keys: [{}]}",
            "env: [{name: HF_TOKEN, value: {}}]", "\"a.b\": {\"c.api key\": {}}", "upstream: Bearer {}",
            "database_url: postgresql://app:{}@db.example.org/app", "deep: [[{master_key: {}}]]",
        ] {
            base[RiskExample.provider] = RuleExample.provider + "config:\n  " + line.replacing("{}", with: old) + "\n"
            head[RiskExample.provider] = RuleExample.provider + "config:\n  " + line.replacing("{}", with: new) + "\n"
            let none = RuleExample.provider + "config:\n  other: 1\n"
            for (one, other) in [(base, head), (base, nil), (nil, head)] as [([String: String]?, [String: String]?)] {
                var sides = [one ?? base, other ?? base]
                if one == nil { sides[0][RiskExample.provider] = none }
                if other == nil { sides[1][RiskExample.provider] = none }
                let changes = try await ExampleReview.changes(sides[0], sides[1])
                #expect(changes.first?.fields.isEmpty == false)
                for text in rendered(changes) {
                    #expect(
                        text.contains("[redacted]") && !text.contains(old) && !text.contains(new),
                        "\(line)\n\(text)"
                    )
                }
            }
        }
    }

    @Test func whatIsNotAKeyIsShown() async throws {
        let base = Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) })
        for (line, value) in [
            ("auth: ambient", "ambient"), ("monkey: abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz"),
            ("apiKeyHeader: x-portkey-api-key", "x-portkey-api-key"), ("useApiKey: true", "true"),
            ("OPENAI_API_KEY: ${OPENAI_API_KEY}", "${OPENAI_API_KEY}"),
        ] {
            var head = base
            head[RiskExample.provider] = RuleExample.provider + "config:\n  " + line + "\n"
            let changes = try await ExampleReview.changes(base, head)
            #expect(
                changes.first?.fields.contains { $0.after == .string(value) || value == "true" } == true,
                "\(changes)"
            )
            for text in rendered(changes) { #expect(!text.contains("[redacted]"), "\(text)") }
        }
    }

    @Test func aHandleWithTheShapeOfAKeyIdentifiesTheRecord() async throws {
        let handle = "sk-proj-abcdefghijklmnopqrstuvwx"
        var base = Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) })
        base["providers/acme/\(handle).yaml"] = base.removeValue(forKey: RiskExample.provider)
        base["secrets/acme/\(handle).yaml"] = base.removeValue(forKey: RiskExample.secret)
        base = base.mapValues { $0.replacing("secret: openai-prod", with: "secret: \(handle)") }
        var head = base
        head["providers/acme/\(handle).yaml"] = base["providers/acme/\(handle).yaml"]?.replacing(
            "gpt-4o",
            with: "gpt-5"
        )
        head["secrets/acme/\(handle).yaml"] = "id: [\n"
        let changes = try await ExampleReview.changes(base, head)
        #expect(changes.count == 2, "\(changes)")
        for change in changes {
            #expect(change.handle == "acme/\(handle)" && change.path.contains(handle), "\(change)")
        }
        // A key that is not a handle is hidden in the name of a secret.
        let stray = "sk-proj-zyxwvutsrqponmlkjihgfedcba"
        head = base.mapValues { $0.replacing("secret: \(handle)", with: "secret: \(stray)") }
        for text in rendered(try await ExampleReview.changes(base, head)) { #expect(!text.contains(stray), "\(text)") }
    }

    private func check(_ files: [String: String]) async throws -> [Diagnostic] {
        let tree = MemoryTree(files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) })
        return try await Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_781))).analyze(tree)
            .diagnostics
    }
}
