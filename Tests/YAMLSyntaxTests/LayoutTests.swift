import Testing

@testable import YAMLSyntax

@Suite("Layouts that other readers of YAML reject")
struct LayoutTests {
    /// The document, the rejected layout, and the bytes at its place.
    private static let refused: [(String, YAMLLayout, String)] = [
        ("a: \"v\"# c\n", .commentWithoutBlank, "# c"), ("a: [b]#c\n", .commentWithoutBlank, "#c"),
        ("a: ># c\n  x\n", .commentWithoutBlank, "# c"), ("a: |-# c\n  x\n", .commentWithoutBlank, "# c"),
        ("a: [b,#c\n  d]\n", .commentWithoutBlank, "#c"), ("a: {#c\n  b: d}\n", .commentWithoutBlank, "#c"),
        ("a: 'v'#\n", .commentWithoutBlank, "#"), ("a: [b\n  ]# c\n", .commentWithoutBlank, "# c"),
        ("x:\n  k: \"a\n\tb\"\n", .tabIndentation, "\tb"), ("x:\n  k: \"a\n  \tb\"\n", .tabIndentation, "\tb"),
        ("a: 'b\n\t\n  c'\n", .tabIndentation, "\t\n"), ("a: [b,\n\tc]\n", .tabIndentation, "\tc"),

        ("a:\tb\n", .tabAfterColon, "\tb"),
        ("x:\n  k: \"a\nb: c\"\n", .lineNotIndented, "b: c"), ("x:\n  k: 'a\n  b'\n", .lineNotIndented, "b'"),
        ("x:\n  k: \"a\n  \"\n", .lineNotIndented, "\"\n"), ("x:\n  foo:\n  >-\n  bar: baz\n", .lineNotIndented, ">-"),
        ("x:\n  - \"a\n  b\"\n", .lineNotIndented, "b\""),
        ("x:\n  k: [a,\nb]\n", .bracketLineNotIndented, "b]"), ("k: [a,\n]\n", .bracketLineNotIndented, "]"),
        ("k: {\n}\n", .bracketLineNotIndented, "}"), ("x:\n  k: [a,\n  b]\n", .bracketLineNotIndented, "b]"),
        ("x:\n  k: [\"a\n  b\"]\n", .bracketLineNotIndented, "b\"]"),
        ("x:\n  k: [a\n  b]\n", .bracketLineNotIndented, "b]"), ("x:\n  k: {a:\n  b}\n", .bracketLineNotIndented, "b}"),
        ("k: [-]\n", .indicatorInBrackets, "-]"), ("k: [a, -]\n", .indicatorInBrackets, "-]"),
        ("k: [b -]\n", .indicatorInBrackets, "-]"),
        ("k: [b -, c]\n", .indicatorInBrackets, "-, c"),

        ("k:\n- a\n-\n", .dashWithoutValue, "-\n"), ("x:\n  k:\n  - # c\n", .dashWithoutValue, "- # c"),
        ("a: b\n  c\n:d: e\n", .colonStartsKey, ":d"),
        ("a: \"b\\\n\n  c\"\n", .escapedLineEndAtEmptyLine, "\\\n\n"),
        ("a: \"b\\\\ \n  c\"\n", .blanksAfterBackslash, " \n  c"),
        ("a: |\nb: c\n", .emptyBlockScalar, "|\nb"), ("a: >+\n", .emptyBlockScalar, ">+"),
        ("x:\n  k: >\n   \n    \n   # c\n", .lessIndentedThanEmptyLines, "# c"),
        ("a:\n  |\n  b\n", .textNotIndentedBelowHeader, "b\n"),
        ("a: >\n  b\n\n   c\n", .foldedLineIndentedByOne, " c"),
        ("a: |+\n  b\n ", .blanksAtEndOfFile, " "), ("a: |\n  b\n  ", .blanksAtEndOfFile, "  "),
        ("a: >1-\n  b\n  \n", .invisibleLastLine, "b\n"),
    ]

    @Test("The problem is at the offending byte", arguments: refused)
    func refuses(source: String, layout: YAMLLayout, rest: String) {
        for source in [source, source.replacing("\n", with: "\r\n")] {
            let rest = source.utf8.contains(UInt8(ascii: "\r")) ? rest.replacing("\n", with: "\r\n") : rest
            let bytes = Array(source.utf8)
            for isScanned in [false, true] {
                let problems = Self.problems(bytes, isScanned: isScanned)
                guard case .layout(layout, let span)? = problems.first else {
                    Issue.record("\(source.debugDescription): \(problems)")
                    continue
                }
                #expect(bytes[Int(span.start)...].starts(with: rest.utf8), "\(source.debugDescription): \(span)")
                #expect(span.length == 1)
            }
        }
    }

    @Test(
        "Layouts that every reader accepts are accepted",
        arguments: [
            "a: \"v\" # c\n", "a: [b] #c\n", "a: > # c\n  x\n", "a: b#c\n", "a: \"b#c\"\n",
            "x:\n  k: \"a\n   \tb\"\n", "a: \"b\n\n  c\"\n", "a: 'b\n   \t\n  c'\n", "a: \tb\n",
            "a:\t\"b\"\n", "a: b\t# c\n", "x:\n  k: \"a\n   b\"\n", "--- \"a\"\n",
            "{\n\"a\": \"b\",\n\"c\": [\n1\n]\n}\n",
            "k: [a,\n ]\n", "x:\n  k: [a, # c\n# d\n    b\n   ]\n", "k: [-1, -a, a-]\n", "k: [a - , b]\n",
            "k: {b: , c: }\n", "k: {\"b\":[c], 'd':e}\n", "k:\n  - a\n  -\n", "k:\n- a\n-\n- b\n", "k:\n-\nl: m\n",
            ":d: e\n",
            "a: \"b\\\n  c\"\n", "a: \"b\\\\\n  c\"\n", "a: \"b\\n \n  c\"\n", "a: |-\n", "a: |+\n\n\nb: c\n",
            "x:\n  k: >\n \n   \n   # c\n", "a:\n  |\n   b\n", "a: |\n  b\n # c\n", "a: >\n  b\n\n    c\n  d\n",
            "a: >\n  b\n   c\n",
            "a: |\n  b\n   \n  c\n", "a: |2\n    b\n  c\n", "a: |-\n  b\n ", "a:\n- b\n- c: d\n  e: f\n",
        ]
    )
    func accepts(source: String) {
        for source in [source, source.replacing("\n", with: "\r\n")] {
            for isScanned in [false, true] {
                let problems = Self.problems(Array(source.utf8), isScanned: isScanned)
                #expect(problems.isEmpty, "\(source.debugDescription)")
            }
        }
    }

    @Test("The last line of a block scalar has a line end even if the file has none", arguments: [false, true])
    func finalLineEnd(isScanned: Bool) {
        for (source, text) in [
            ("a: |\n  x", "x\n"), ("a: >\n  x", "x\n"), ("a: |+\n  x", "x\n"), ("a: |-\n  x", "x"), ("a: >-\n  x", "x"),
            ("a: |2\n  x", "x\n"), ("a: >2-\n  x", "x"), ("a: >-2\n  x", "x"), ("a: |\n  x\n", "x\n"),
            ("a: >\n  x\n  y", "x y\n"),
            ("a: |\r\n  x", "x\n"), ("a: |\n  é -", "é -\n"), ("a: |\n  -\n  x", "-\nx\n"),
        ] {
            var reader = YAMLReader()
            reader.read(Array(source.utf8), isScanned: isScanned)
            #expect(reader.tree.problems.isEmpty)
            let value = reader.tree.value(of: "a", in: 0)
            #expect(value.map { reader.tree.text(of: $0) } == text, "\(source.debugDescription)")
        }
    }

    private static func problems(_ bytes: [UInt8], isScanned: Bool) -> [YAMLProblem] {
        var reader = YAMLReader()
        reader.read(bytes, isScanned: isScanned)
        return reader.tree.problems
    }
}
