import RosterTestSupport
import Testing

@testable import YAMLSyntax

@Suite("Syntax errors")
struct MistakeTests {
    /// The document, the start of the mistake's description, and the bytes that follow the place.
    private static let mistakes: [(String, String, String)] = [
        // Indentation.
        (" a: b\nc: d\n", "indentation", " a"), ("a: b\n c: d\n", "indentation", " c"),
        ("a: b\n   c: d\n", "indentation", "   c"), ("a:\n  b: c\n d: e\n", "indentation", " d"),
        ("a:\n  b: c\n   d: e\n", "indentation", " d"), ("a:\n   b: c\n  d: e\n", "indentation", "  d"),
        ("a: \"b\"\n c: d\n", "indentation", " c"), ("a:\n  - b: c\n     d: e\n", "indentation", " d"),
        ("a: b\n# note\n\n c: d\n", "indentation", " c"), ("a:\n  b:\n    c: d\n   e: f\n", "indentation", "   e"),
        ("\ta: b\n", "tabIndentation", "\ta"), ("a: b\n\tc: d\n", "tabIndentation", "\tc"),
        ("a:\n\tb: c\n", "tabIndentation", "\tb"), ("a:\n  b: c\n  \td: e\n", "tabIndentation", "\td"),
        ("a:\n  b: |\n  c\n  d: e: f\n", "textNotIndented", "c\n"), ("a: >-\nb\nc: d\n", "textNotIndented", "b\n"),
        // Lines that are not of the file.
        ("```yaml\na: b\n```\n", "codeFence", "```yaml"), ("a: b\n```\n", "codeFence", "```"),
        ("~~~\na: b\n~~~\n", "codeFence", "~~~"),
        ("--- a/x\n+++ b/x\n@@ -1 +1 @@\n+a: b\n", "diffLine", "--- a"),
        ("diff --git a/x b/x\n a: b\n", "diffLine", "diff"),
        (" a: b\n-c: d\n+c: e\n", "diffLine", "-c"), ("a: b\nEOF\n", "hereDocument", "EOF"),
        ("cat > x <<'EOF'\na: b\n", "hereDocument", "cat"), ("// a\nb: c\n", "foreignComment", "// a"),
        ("a: b\n/* c */\nd: e\n", "foreignComment", "/* c"), ("{\n  // a\n  \"b\": 1\n}\n", "foreignComment", "// a"),
        ("{\n  \"b\": \"c\", // d\n  \"e\": 1\n}\n", "foreignComment", "// d"), ("[a]\nb: c\n", "heading", "[a]"),
        ("a: b\n=======\nc: d\n", "conflictMarker", "======="), (">>>>>>> x\nc: d\n", "conflictMarker", ">>>>>>>"),
        ("a: b\n…\nc: d\n", "lineWithoutColon", "…"), ("a b\nc: d\n", "lineWithoutColon", "a b"),
        // Keys.
        ("a:b\nc: d\n", "noSpaceAfterColon", "b\n"), ("a: b\nc:d\ne: f\n", "noSpaceAfterColon", "d\n"),
        ("a:\u{A0}b\nc: d\n", "noBreakSpaceAfterColon", "\u{A0}b"), ("a：b\nc: d\n", "fullWidthColon", "：b"),
        ("a = b\nc: d\n", "equalsSign", "= b"), ("a=b\nc: d\n", "equalsSign", "=b"),
        // Values.
        ("a: b: c\n", "colonInValue", ": c"), ("- a: b: c\n", "colonInValue", ": c"),
        ("a: @b\n", "indicatorStartsValue", "@"),
        ("a: `b`\n", "indicatorStartsValue", "`"), ("a: %b\n", "indicatorStartsValue", "%"),
        ("a: - b\n", "indicatorStartsValue", "- b"), ("a: > b\n", "indicatorStartsValue", "> b"),
        ("a: | b\n", "indicatorStartsValue", "| b"), ("a: , b\n", "indicatorStartsValue", ", b"),
        ("a: &amp;\n", "indicatorStartsValue", "&amp"), ("a: [@b]\n", "indicatorStartsValue", "@b"),
        ("a: [b] c\n", "textAfterValue", "c\n"), ("a: {b} c\n", "textAfterValue", "c\n"),
        ("a: 'it's'\n", "textAfterValue", "s'"), ("a: \"b\",\n", "textAfterValue", ","),
        ("\"a\": \"b\",\n", "textAfterValue", ","), ("a: \"b\\d\"\n", "unknownEscape", "\\d"),
        // Quotes and brackets.
        ("a: \"b\nc: d\n", "unclosedQuote", "\"b"), ("a: 'b\nc: d\n", "unclosedQuote", "'b"),
        ("a: \"b\nc: \"d\"\n", "unclosedQuote", "\"b"), ("a: [b\n", "unclosedBracket", "[b"),
        ("a: {\n  b: c\n  d: e\n", "unclosedBracket", "{\n"), ("{\n  \"a\": 1\n", "unclosedBracket", "{\n"),
        ("{\n  \"a\": \"b\"\n  \"c\": 1\n}\n", "missingComma", "\"\n  \"c"), ("a: {b: c d: e}\n", "missingComma", " d"),
        ("{\"a\": 1}\nb: c\n", "textAfterDocument", "b"),
    ]

    @Test("The mistake is at the offending byte", arguments: mistakes)
    func finds(source: String, name: String, rest: String) {
        for isWindows in [false, true] {
            let source = isWindows ? source.replacing("\n", with: "\r\n") : source
            let rest = isWindows ? rest.replacing("\n", with: "\r\n") : rest
            let bytes = Array(source.utf8)
            for isScanned in [false, true] {
                let problems = Self.problems(bytes, isScanned: isScanned)
                guard case .mistake(let mistake, let span)? = problems.first, problems.count == 1 else {
                    Issue.record("\(source.debugDescription): \(problems)")
                    continue
                }
                #expect("\(mistake)".hasPrefix(name), "\(source.debugDescription): \(mistake)")
                let place = bytes[Int(span.start)...]
                #expect(place.starts(with: rest.utf8), "\(source.debugDescription): \(span)")
            }
        }
    }

    @Test("The indentation names the mapping that the line belongs to")
    func indentation() throws {
        let source = Array("projects:\n  acme:\n    id: a\n   name: b\n".utf8)
        guard case .mistake(.indentation(let found), _)? = Self.problems(source, isScanned: true).first else {
            Issue.record("no indentation")
            return
        }
        let owner = try #require(found.expected.owner)
        #expect(found.found == 3 && found.expected.indent == 4 && found.outer?.indent == 2)
        #expect(source[owner.range].elementsEqual("acme".utf8))
    }

    private static let conflict = "<<<<<<< HEAD\nb: c\n=======\nb: d\n>>>>>>> side\n"

    @Test(
        "A merge conflict is reported once and alone",
        arguments: [
            (conflict, 1), ("a: b\n" + conflict, 1), ("a: b\n" + conflict + "e: f\n" + conflict, 2),
            ("a:\n<<<<<<< HEAD\n  b: c\n||||||| 1234567\n  b: x\n=======\n  b: d\n>>>>>>> side\n", 1),
            ("<<<<<<< HEAD\na: b\n||||||| merged common ancestors\n=======\na: c\n>>>>>>> side (x: y)\n", 1),
            ("a: |\n  b\n<<<<<<< HEAD\n  c\n=======\n  d\n>>>>>>> side\n  e\n", 1),
            ("a: b\n<<<<<<< HEAD\n# c\n=======\n# d\n>>>>>>> side\n", 1),
            ("{\n<<<<<<< HEAD\n\"a\": 1\n=======\n\"a\": 2\n>>>>>>> side\n}\n", 1),
            ("{\"a\": [\n<<<<<<< HEAD\n\"b\"\n=======\n,\"c\"\n>>>>>>> side\n]}\n", 1),
            ("a: \"b\n<<<<<<< HEAD\n  c\"\n=======\n  d\"\n>>>>>>> side\n", 1),
            // A conflict of the ancestors has longer markers.
            (
                "<<<<<<< HEAD\na: b\n||||||| x\n<<<<<<<<< y\na: c\n=========\na: d\n>>>>>>>>> z\n=======\na: e\n>>>>>>> side\n",
                1
            ),
            ("<<<<<<< HEAD\na: a\n<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> side\n", 1),
        ]
    )
    func conflicts(source: String, count: Int) {
        for source in [source, source.replacing("\n", with: "\r\n")] {
            for isScanned in [false, true] {
                let bytes = Array(source.utf8)
                let problems = Self.problems(bytes, isScanned: isScanned)
                #expect(problems.count == count, "\(source.debugDescription): \(problems)")
                for problem in problems {
                    guard case .conflict(let conflict) = problem else {
                        Issue.record("\(problem)")
                        continue
                    }
                    #expect(bytes[conflict.start.range].starts(with: "<<<<<<< ".utf8))
                    #expect(bytes[conflict.end.range].starts(with: ">>>>>>> side".utf8))
                }
            }
        }
    }

    @Test(
        "Text that resembles a conflict marker is read",
        arguments: [
            "a: |\n  <<<<<<< HEAD\n  b\n  =======\n  c\n  >>>>>>> d\n", "a: |\n  Title\n  =======\n",
            "# <<<<<<< HEAD\na: b\n",
            "a: \"<<<<<<< HEAD ======= >>>>>>> b\"\n", "{\"a\": \"\n<<<<<<< HEAD\n=======\n>>>>>>> b\"}\n",
        ]
    )
    func noConflict(source: String) {
        for isScanned in [false, true] {
            #expect(Self.problems(Array(source.utf8), isScanned: isScanned).isEmpty, "\(source.debugDescription)")
        }
    }

    @Test("A large broken file is diagnosed in linear time")
    func isLinear() {
        let line = "a: \"\\\"\\\"\\\"\\\"\\\"\\\"\n"
        for text in [line, "{a: [", "a: b\n c\n", "\"", "<<<<<<< a\n", "[\n", "  ", "- ", "// "] {
            let source = Array(String(repeating: text, count: 400_000 / text.utf8.count).utf8)
            let elapsed = ThreadTime.measure { _ = Self.problems(source + Array("\n@".utf8), isScanned: true) }
            #expect(elapsed < .seconds(20), "\(text.debugDescription): \(elapsed)")
        }
    }

    private static func problems(_ bytes: [UInt8], isScanned: Bool) -> [YAMLProblem] {
        var reader = YAMLReader()
        reader.read(bytes, isScanned: isScanned)
        return reader.tree.problems
    }
}
