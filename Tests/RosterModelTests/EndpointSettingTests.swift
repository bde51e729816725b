import Foundation
import RosterModel
import Testing

@Suite("Settings in the URL of requests")
struct EndpointSettingTests {
    /// The grammar of each setting, as its documentation has it.
    private static let grammars: [(setting: EndpointSetting, pattern: String)] = [
        (.region, "[a-z]{2}(-[a-z0-9]+)+"), (.resourceName, "[a-z0-9]([a-z0-9-]*[a-z0-9])?"),
        (.version, "v[0-9][a-z0-9]*"), (.apiVersion, "[A-Za-z0-9]+(-[A-Za-z0-9]+)*"),
    ]

    @Test("Accepts what the grammar of the setting matches, and at most 63 bytes", arguments: 0..<4)
    func matchesGrammar(index: Int) throws {
        let (setting, pattern) = Self.grammars[index]
        let expression = try NSRegularExpression(pattern: "\\A(?:\(pattern))\\z")
        let letters = Array("av19-ZBé.")
        var texts = [
            "", "-", "us-east-1", "us-", "us--1", "v1", "v", "v1beta", "2024-10-21", "a", "a-", "-a", "us-e/1",
        ]
        texts += (0..<5_000).map { _ in String((0..<Int.random(in: 1...6)).map { _ in letters.randomElement() ?? "a" })
        }
        for text in texts {
            let range = NSRange(text.startIndex..., in: text)
            let isMatch = expression.firstMatch(in: text, range: range) != nil
            if setting.matches(text) != isMatch { Issue.record("\(setting) \(text)") }
        }
        let prefix = ["us-", "a", "v1", "a"][index]
        for count in [62, 63, 64, 65] {
            let text = prefix + String(repeating: "1", count: count - prefix.utf8.count)
            #expect(setting.matches(text) == (count <= 63))
        }
    }
}
