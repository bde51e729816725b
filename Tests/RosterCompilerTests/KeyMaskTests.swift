import RosterDiagnostics
import RosterFrontend
import RosterModel
import Testing

@testable import RosterCompiler

/// A key in the wrong place is reported, and never repeated.
@Suite("Masking of keys in diagnostics")
struct KeyMaskTests {
    private static let mark = "HUNTER2Zz9"

    @Test(
        "The value of a key is in no message, help, replacement or excerpt",
        arguments: [
            "config:\n  secret: \(mark)\n", "config:\n  secret: abc.\(mark)\n", "config:\n  secret: {a: \(mark)}\n",
            "config:\n  secret: [\(mark)]\n", "config:\n  secret: $\(mark)\n", "config:\n  secret: \"!\(mark)\"\n",
            "config: {secret: abc.\(mark)}\n", "config:\n  secret: |\n    \(mark)\n", "config:\n  apiKey: \(mark)\n",
            "config:\n  \"ap\\x69Key\": \(mark)\n", "config:\n  \"pass\\u0077ord\" : \"\(mark)\"\n",
            "config:\n  apiKey:\n  - \(mark)\n", "config: {apiKey: &\(mark) x}\n", "config:\n  token: *\(mark)\n",
            "secret: \(mark)\n", "secret: abc.\(mark)\n", "secret: [abc, \(mark)]\n", "secret:\n  \(mark): [\n",
            "secret: \"\(mark)\\x21\"\n", "apiKey: \(mark)\n", "baseUrl: \"https://user:\(mark)@h/\"\n",
        ]
    )
    func hides(text: String) async throws {
        try await expectHidden(Self.mark, Self.mark.lowercased(), in: text)
    }

    @Test(
        "A number under the name of a key is masked, and no quoted form is suggested",
        arguments: ["token: ", "secret: ", "apiKey:\n  - ", "apiKey: {a: ", "\"t\\x6fken\": "]
    )
    func hidesNumbers(name: String) async throws {
        let number = "99999999999999999999777"
        try await expectHidden(number, in: "config:\n  " + name + number + (name.contains("{") ? "}\n" : "\n"))
    }

    @Test("A key that could be a handle is masked, and a misspelt name is shown")
    func linkedSecrets() async throws {
        try await expectHidden("9f8e7d6c5b4a39281706f5e4d3c2b1a0", in: "secret: 9f8e7d6c5b4a39281706f5e4d3c2b1a0\n")
        let long = String(repeating: "aB3", count: 60)
        try await expectHidden(String(long.prefix(40)), String(long.lowercased().prefix(40)), in: "secret: \(long)\n")
        let langfuse = "sk-lf-01234567-89ab-cdef-0123-456789abcdef"
        try await expectHidden(langfuse, in: "secret: \(langfuse)\n")
        let found = try await diagnostics("secret: openai-prdo\n")
        #expect(found.contains { $0.rule == "unknown-secret" && $0.message.contains("openai-prdo") }, "\(found)")
        #expect(found.contains { $0.place.excerpt?.text == "secret: openai-prdo" }, "\(found)")
    }

    private func expectHidden(_ hidden: String..., in text: String) async throws {
        let found = try await diagnostics(text)
        #expect(!found.isEmpty)
        for diagnostic in found {
            let places = [diagnostic.place] + diagnostic.related.map(\.place)
            let shown =
                [diagnostic.message, diagnostic.help, diagnostic.label, diagnostic.replacement?.text]
                + diagnostic.related.map(\.message) + places.map(\.excerpt?.text)
            for text in shown.compactMap(\.self) {
                #expect(!hidden.contains { text.contains($0) }, "\(diagnostic.rule): \(text)")
            }
        }
    }

    /// Returns the diagnostics of a provider that is valid except for some lines.
    private func diagnostics(_ lines: String) async throws -> [Diagnostic] {
        let provider = RuleExample.provider.replacing("secret: openai-prod\n", with: "") + lines
        let today = try #require(CalendarDate("2026-11-24"))
        let example = RuleExample(provider: provider)
        return try await Compiler(Compiler.Options(today: today)).analyze(example.tree).diagnostics
    }
}
