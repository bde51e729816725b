import RosterRuntime
import Testing

struct VariablePrefixTests {
    @Test(arguments: [
        ("acme/gpt-4o", "ROSTER_ACME_GPT_4O"), ("a-b/c", "ROSTER_A_B_C"), ("acme/o3.mini", "ROSTER_ACME_O3_MINI"),
        ("acme/é", "ROSTER_ACME___"),
    ])
    func namesVariablesByProvider(_ provider: String, _ prefix: String) {
        #expect(VariablePrefix(provider).text == prefix)
        #expect(VariablePrefix(provider).name(.apiKey) == prefix + "_API_KEY")
    }

    @Test func reportsProvidersThatShareVariables() throws {
        func collision(_ names: [String]) -> (first: String, second: String)? {
            VariablePrefix.collision(among: names.map { ($0, VariablePrefix($0)) })
        }
        #expect(collision(["acme/gpt-4o", "acme/gpt-4", "acme/claude"]) == nil)
        let found = try #require(collision(["acme/x", "acme/gpt-4o", "acme-gpt/4o"]))
        #expect(found.first == "acme/gpt-4o")
        #expect(found.second == "acme-gpt/4o")
    }

    @Test func noSuffixEndsWithAnother() {
        for suffix in VariablePrefix.Suffix.allCases {
            #expect(
                VariablePrefix.Suffix.allCases.allSatisfy {
                    $0 == suffix || !$0.rawValue.hasSuffix("_" + suffix.rawValue)
                }
            )
        }
    }

    @Test func takesAPrefixThatCanBeginAVariablesName() {
        for text in ["CHAT", "chat", "_X9", String(repeating: "A", count: 128)] {
            #expect(VariablePrefix(custom: text)?.text == text)
        }
        for text in ["", "9A", "A-B", "A=B", "A B", "É", "A\0", "A\n", String(repeating: "A", count: 129)] {
            #expect(VariablePrefix(custom: text) == nil, "\(text)")
        }
    }
}
