import Testing

@testable import YAMLSyntax

@Suite("The strict reader")
struct YAMLReaderTests {
    @Test(
        "The span of a value is its bytes in the file, and its text is the decoded scalar",
        arguments: [
            ("k: plain text", "plain text", "plain text"),
            ("k: 'it''s'", "'it''s'", "it's"),
            ("k: \"a\\u00e9\\n\"", "\"a\\u00e9\\n\"", "aé\n"),
            ("模: 型 # note", "型", "型"),
            ("🚀🚀: \"é\" ", "\"é\"", "é"),
            ("a: 1\r\nk: x\r\n", "x", "x"),
            ("k: two\n  lines", "two\n  lines", "two lines"),
            ("{a: [1, 2], k: v}", "v", "v"),
            ("{k:   v  }", "v", "v"),
            ("k: [a, {b: c}]", "[a, {b: c}]", ""),
        ]
    )
    func spans(source: String, span: String, text: String) throws {
        let read = Reading(source)
        #expect(read.problems.isEmpty)
        let last = try #require(read.values.last)
        #expect(last.source == span)
        #expect(last.text == text)
    }

    @Test("The span of a block scalar excludes the blank lines that follow")
    func blockScalars() throws {
        for (style, text) in [("|", "one\n\ntwo\n"), (">", "one\ntwo\n"), ("|-", "one\n\ntwo"), (">-", "one\ntwo")] {
            let source = "a: 1\nk: \(style)\n  one\n\n  two\n\n\n# end\nz: 3\n"
            let read = Reading(source)
            #expect(read.problems.isEmpty)
            let value = try #require(read.values.first { $0.key == "k" })
            #expect(value.text == text)
            let span = value.source
            #expect(span.hasPrefix(style) && span.hasSuffix("two"), "\(span)")
        }
    }

    @Test(
        "The problems of one file are bounded, and the first ones are kept",
        arguments: ["k: v\n", "a: *b\n", "a: &b c\n", "a: !b c\n", "? a\n", "1: v\n", "[a]: b\n"]
    )
    func boundsProblems(line: String) {
        let read = Reading(String(repeating: line, count: 5_000))
        #expect(read.problems.count == YAMLProblem.limit)
        #expect(read.problems.map(\.span.start).max() ?? 0 < 60 * UInt32(line.utf8.count) * 2)
        #expect(!Reading(String(repeating: line, count: 3)).problems.isEmpty)
    }

    @Test(
        "A construct outside the format is rejected at its position",
        arguments: [
            ("k: &a v", YAMLProblem.Construct.anchor, 3), ("k: *a", .alias, 3), ("<<: {a: 1}", .mergeKey, 0),
            ("k: !!str v", .tag, 3), ("k: ! v", .tag, 3), ("%YAML 1.2\n---\nk: v", .directive, 0),
            ("? k\n: v", .explicitKey, 2),
            ("{?k: v}", .explicitKey, 2), ("1: v", .keyIsNoString, 0), ("true: v", .keyIsNoString, 0),
            ("null: v", .keyIsNoString, 0), ("[a]: v", .keyIsNoScalar, 0), ("{{a: b}: v}", .keyIsNoScalar, 1),
        ]
    )
    func refusals(source: String, construct: YAMLProblem.Construct, offset: UInt32) {
        let problems = problems(source)
        let found = problems.contains {
            if case .unsupported(construct, let span) = $0 { span.start == offset } else { false }
        }
        #expect(found, "\(problems)")
    }

    @Test("The same text in quotes is a string")
    func quoted() {
        for source in ["k: \"&a v\"", "k: '*a'", "\"<<\": x", "'1': v", "\"true\": v", "k: '!tag'"] {
            #expect(problems(source).isEmpty, "\(source): \(problems(source))")
        }
    }

    @Test("The second of two equal keys is rejected in any notation")
    func duplicates() {
        for (source, first, second) in [
            ("a: 1\nb: 2\na: 3", 0, 10), ("{a: 1, \"a\": 2}", 1, 7), ("\"\\u0061\": 1\na: 2", 0, 12),
            ("x:\n  a: 1\n  'a': 2", 5, 12),
        ] {
            #expect(
                problems(source).contains {
                    if case .duplicateKey(let one, let other) = $0 {
                        one.start == first && other.start == second
                    } else {
                        false
                    }
                },
                "\(source)"
            )
        }
        let many = (0..<200).map { "k\($0): 1\n" }.joined()
        #expect(problems(many).isEmpty)
        #expect(problems(many + "k7: 2\n").count == 1)
        #expect(problems("a: {k: 1}\nb: {k: 1}").isEmpty)
    }

    @Test("The nesting depth is limited to 32")
    func depth() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(problems("k: " + nested(31)).isEmpty)
        #expect(problems("k: " + nested(32)).contains { if case .tooDeep(32, _) = $0 { true } else { false } })
        #expect(problems(nested(60_000)).contains { if case .tooDeep = $0 { true } else { false } })
        #expect(
            problems(String(repeating: "- ", count: 30_000)).contains { if case .tooDeep = $0 { true } else { false } }
        )
    }

    @Test("A second document is rejected at its start")
    func documents() {
        #expect(problems("a: 1\n---\nb: 2") == [.anotherDocument(ByteSpan(5..<8))])
        #expect(problems("---\na: 1\n...\n").isEmpty)
        #expect(problems("").isEmpty)
    }

    @Test(
        "An error of libyaml has a place inside the file",
        arguments: [
            "k: [", "k: \"x", "k: 'x", "a: 1\n b: 2", "\tk: v", "k: @v", "k: `v", "- a\nb: c", "{", "a: b: c", "k: |x",
        ]
    )
    func syntax(source: String) {
        let problems = problems(source)
        #expect(problems.count == 1)
        for problem in problems {
            #expect(problem.span.range.upperBound <= source.utf8.count)
            switch problem {
            case .syntax, .mistake: break
            default: Issue.record("\(problem)")
            }
        }
    }

    @Test("A flipped byte results in a tree or in problems inside the file")
    func flips() {
        let source = """
            # comment
            id: "a\\x41"
            list: [1, {b: 'c'}, ~]
            text: |
              one
              two
            'q': >-
              folded
            """
        let bytes = Array(source.utf8)
        for offset in bytes.indices {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[offset] ^= 1 << bit
                // The reader requires valid UTF-8, which its caller checks.
                guard String(validating: flipped, as: UTF8.self) != nil, flipped[offset] != 0x0D else { continue }
                let read = Reading(flipped)
                #expect(read.isComplete || !read.problems.isEmpty)
                #expect(read.spans.allSatisfy { $0.upperBound <= bytes.count })
            }
        }
    }

    private func problems(_ source: String) -> [YAMLProblem] { Reading(source).problems }
}

/// The comparable result of a reader.
private struct Reading {
    var problems: [YAMLProblem]
    var isComplete: Bool
    /// The spans of nodes and problems.
    var spans: [Range<Int>]
    /// The entries of a mapping at the root.
    var values: [(key: String, source: String, text: String)] = []

    init(_ source: String) { self.init(Array(source.utf8)) }

    init(_ bytes: [UInt8]) {
        var reader = YAMLReader()
        reader.read(bytes)
        problems = reader.tree.problems
        isComplete = reader.tree.isComplete
        spans = reader.tree.nodes.map(\.span.range) + problems.map(\.span.range)
        guard let root = reader.tree.root, reader.tree[root].kind == .mapping else { return }
        var values: [(key: String, source: String, text: String)] = []
        reader.tree.forEachEntry(of: root) { key, value in
            guard reader.tree[key].isScalar else { return }
            let source = String(decoding: bytes[reader.tree[value].span.range], as: UTF8.self)
            let text = reader.tree[value].isScalar ? reader.tree.text(of: value) : ""
            values.append((reader.tree.text(of: key), source, text))
        }
        self.values = values
    }
}
