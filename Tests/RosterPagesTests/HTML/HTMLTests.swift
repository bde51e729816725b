import RosterModel
import RosterTestSupport
import Testing

@testable import RosterPages

@Suite("Markup")
struct HTMLTests {
    private static func text(_ html: HTML) -> String { String(decoding: html.bytes, as: UTF8.self) }

    @Test func valuesAreEscaped() {
        #expect(
            Self.text("<p title=\"\("a\"b'c")\">\("<b>&amp;")</p>")
                == "<p title=\"a&#34;b&#39;c\">&lt;b&gt;&amp;amp;</p>"
        )
    }

    @Test(arguments: [
        "\u{0}", "\n", "\r", "\u{7F}", "\u{85}", "\u{200B}", "\u{202E}", "\u{2028}", "\u{2066}", "\u{FEFF}",
        "\u{E0041}",
    ])
    func invisibleCharactersAreShown(_ character: String) throws {
        let value = try #require(character.unicodeScalars.first).value
        #expect(Self.text("\(character)") == "\\u{\(String(value, radix: 16))}")
    }

    @Test func codeKeepsItsLines() {
        #expect(Self.text("\(code: "a\n\t<b>\r")") == "a\n\t&lt;b&gt;\\u{d}")
    }

    @Test func numbersHaveSeparators() {
        let numbers: [(Int, String)] = [
            (0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678"), (-1_000, "-1,000"),
        ]
        for (number, text) in numbers { #expect(Self.text("\(number)") == text) }
    }

    /// Reads the characters back as a browser would: nothing that was written as a value ends its context.
    @Test func noValueEndsItsContext() {
        var random = SeededGenerator()
        let characters = Array("<>&\"'=/\\ ;#x3c-!`{}()\n\t\u{0}\u{202E}é漢🦊abc")
        for _ in 0..<2_000 {
            let value = String(
                (0..<Int.random(in: 0...20, using: &random)).map { _ in characters.randomElement(using: &random) ?? "a"
                }
            )
            for text in [Self.text("\(value)"), Self.text("\(code: value)")] {
                #expect(!text.contains { "<>\"'".contains($0) })
                var rest = text[...]
                while let mark = rest.firstIndex(of: "&") {
                    rest = rest[mark...]
                    #expect(["&amp;", "&lt;", "&gt;", "&#34;", "&#39;"].contains { rest.hasPrefix($0) })
                    rest = rest.dropFirst()
                }
            }
        }
    }

    @Test(arguments: [
        ("https://git.example.com/a?b=c#L1", true), ("https://a/%20", true), ("https://a/%2", false),
        ("https://", false),
        ("http://a/", false), ("javascript:alert(1)", false), ("//a/", false), ("https://a/\"", false),
        ("https://a/<b>", false), ("https://a/ b", false), ("https://ä/", false), ("HTTPS://a/", false),
    ])
    func onlyPlainURLsAreLinks(_ url: String, isLink: Bool) {
        #expect((PageURL(outside: url) != nil) == isLink)
        #expect(Self.text(.link(outside: url, "x")).hasPrefix("<a ") == isLink)
    }

    @Test func queriesAreEncoded() {
        let query = PageURL(query: [("q", "a&b=c \"<é"), ("empty", ""), ("page", "2")])
        #expect(query.text == "?q=a%26b%3Dc%20%22%3C%C3%A9&page=2")
    }
}
