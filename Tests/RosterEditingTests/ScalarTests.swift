import RosterCompiler
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSources
import Testing

@testable import RosterEditing

@Suite("Texts as they are written")
struct ScalarTests {
    @Test(
        "A text that some reader takes for something else is quoted, and no other",
        arguments: [
            ("gpt-4o", "gpt-4o"), ("a b, c", "a b, c"), ("llama3.2:8b", "llama3.2:8b"), ("é 模型", "é 模型"),
            ("", "\"\""), (" a", "\" a\""), ("a ", "\"a \""), ("a: b", "\"a: b\""), ("a #b", "\"a #b\""),
            ("null", "\"null\""), ("~", "\"~\""), ("True", "\"True\""), ("no", "\"no\""), ("on", "\"on\""),
            ("y", "\"y\""),
            ("12", "\"12\""), ("0x1f", "\"0x1f\""), ("1e3", "\"1e3\""), (".inf", "\".inf\""), ("1_000", "\"1_000\""),
            ("2026-01-05", "\"2026-01-05\""), ("1:30", "\"1:30\""),
            ("+0x1f", "\"+0x1f\""), ("0x_1f", "\"0x_1f\""), ("1:30.5", "\"1:30.5\""), ("1_0.5e+3", "\"1_0.5e+3\""),
            ("-0b1_1", "\"-0b1_1\""), ("2026-1-5 1:02:03", "\"2026-1-5 1:02:03\""), ("1.2.3", "1.2.3"),
            ("10.0.0.1:80", "10.0.0.1:80"),
            (
                "1_0001_0001_0001_0001_0001_0001_0001_000", "\"1_0001_0001_0001_0001_0001_0001_0001_000\""
            ),
            ("- a", "\"- a\""), ("<<", "\"<<\""),
            ("*", "\"*\""), ("acme/*", "\"acme/*\""), ("a\"b\\", "\"a\\\"b\\\\\""), ("a\tb\nc", "\"a\\tb\\nc\""),
            ("a\u{200B}b", "\"a\\u200bb\""), ("\u{3164}", "\"\\u3164\""), ("\u{E0001}", "\"\\U000e0001\""),
            ("❤\u{FE0F}", "\"❤\u{FE0F}\""), ("🚀", "\"🚀\""),
        ]
    )
    func scalars(text: String, written: String) throws {
        #expect(PlainText.scalar(text) == written)
        for inFlow in [false, true] {
            let value = PlainText.scalar(text, inFlow: inFlow)
            let file = inFlow ? "k: [\(value)]\n" : "k: \(value)\n"
            // Invisible characters are refused by a different rule, but they are text.
            let read = try #require(PlainDocument.object(in: Array(file.utf8)))["k"]
            #expect(read == (inFlow ? .strings([text]) : .string(text)))
        }
    }

    @Test("A text at the end of a file without a line end keeps its value", arguments: ["|", ">", "|+", "|-", ">-"])
    func unterminatedText(header: String) throws {
        let source = "id: i\nname: n\nconfig:\n  a: \(header)\n    x\n    y"
        let text = (header.hasPrefix("|") ? "x\ny" : "x y") + (header.hasSuffix("-") ? "" : "\n")
        let edits: [([String], JSONValue?)] = [
            (["name"], .string("m")), (["config", "b"], .integer(1)), (["config", "0"], .string("z")),
            (["defaultModel"], .string("m")), (["secret"], .string("s")), (["config", "a"], .string("one line")),
        ]
        for (path, value) in edits {
            var document = try EditedDocument(Array(source.utf8), as: .provider)
            #expect(document.contents.value(at: ["config", "a"][...])?.string == text)
            try document.change { $0.set(path, to: value) }
            let read = try #require(PlainDocument.object(in: document.bytes))
            #expect(read.value(at: path[...]) == value)
            if path != ["config", "a"] { #expect(read.value(at: ["config", "a"][...])?.string == text, "\(path)") }
        }
    }

    @Test(
        "A new key stands where the format's order wants it",
        arguments: [
            ("secret", "s", "id: i\nname: n\n# about the model\ndefaultModel: m # m\nsecret: s\nconfig:\n  b: 1\n"),
            ("provider", "p", "id: i\nname: n\nprovider: p\n# about the model\ndefaultModel: m # m\nconfig:\n  b: 1\n"),
            ("baseUrl", "u", "id: i\nname: n\n# about the model\ndefaultModel: m # m\nbaseUrl: u\nconfig:\n  b: 1\n"),
        ]
    )
    func order(key: String, value: String, expected: String) throws {
        let source = "id: i\nname: n\n# about the model\ndefaultModel: m # m\nconfig:\n  b: 1\n"
        var document = try EditedDocument(Array(source.utf8), as: .provider)
        try document.change { $0.set(key, to: .string(value)) }
        #expect(String(decoding: document.bytes, as: UTF8.self) == expected)
        try document.change { $0.set(key, to: nil) }
        #expect(String(decoding: document.bytes, as: UTF8.self) == source)
    }

    @Test(
        "Values of all kinds take each other's place, and what stands beside them stays",
        arguments: [
            ("config: # c\n  a: 1\n  # inner\n  b: 2 # two\nx: 1", "config: {} # c\nx: 1"),
            ("config: {a: 1} # c\nx: 1", "config: {} # c\nx: 1"),
            ("config: |  # c\n  text\n\nx: 1", "config: {}  # c\n\nx: 1"),
            ("config:\n# above\nx: 1", "config: {}\n# above\nx: 1"),
            ("config:\n  # above\n  'quoted' # c\nx: 1", "config:\n  # above\n  {} # c\nx: 1"),
            ("config:\n- a\n-   b: 1\nx: 1", "config: {}\nx: 1"),
        ]
    )
    func replacement(before: String, after: String) throws {
        var document = try EditedDocument(Array(before.utf8), as: .provider)
        try document.change { $0.set("config", to: .object(JSONObject())) }
        #expect(String(decoding: document.bytes, as: UTF8.self) == after)
        // And back to block style.
        try document.change { $0.set(["config", "new", "deep"], to: .integer(1)) }
        #expect(PlainDocument.object(in: document.bytes)?.value(at: ["config", "new", "deep"]) == .integer(1))
        #expect(String(decoding: document.bytes, as: UTF8.self).contains("x: 1"))
    }
}
