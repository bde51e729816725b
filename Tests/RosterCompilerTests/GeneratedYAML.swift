import Foundation
import RosterTestSupport

/// Documents near the edges of YAML: whole constructs, changed at random.
struct GeneratedYAML {
    private var random: SeededGenerator
    private let seeds: [String]

    init(seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        seeds = try Self.constructs + Self.files()
    }

    /// Returns the next document; two in three have at most a few lines.
    mutating func next() -> String {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return pick(Self.prefixes) + text(Int.random(in: 1...7, using: &random))
        case 1: return changed(pick(seeds))
        default: return changed(pick(Self.constructs))
        }
    }

    private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }

    private mutating func text(_ length: Int) -> String { (0..<length).map { _ in pick(Self.tokens) }.joined() }

    private mutating func changed(_ document: String) -> String {
        var document = document
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            document = Bool.random(using: &random) ? changedLine(document) : changedText(document)
        }
        return document
    }

    /// Moves, indents, repeats, joins or ends a line.
    private mutating func changedLine(_ document: String) -> String {
        var lines = document.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let at = lines.indices.randomElement(using: &random) else { return document }
        let other = lines.indices.randomElement(using: &random) ?? at
        switch Int.random(in: 0..<9, using: &random) {
        case 0: lines[at] = " " + lines[at]
        case 1: lines[at] = "  " + lines[at]
        case 2: lines[at] = lines[at].first == " " ? String(lines[at].dropFirst()) : "\t" + lines[at]
        case 3: lines[at] = String(lines[at].drop { $0 == " " })
        case 4:
            lines.insert(pick(["", " ", "   ", "     ", "\t", "  \t", "# c", "  # c", "\t# c", "---", "..."]), at: at)
        case 5: lines[at] += pick([" ", "  ", "\t", " # c", "# c", "\\", "\t# c", ",", ":", " :", "\r"])
        case 6: lines.remove(at: at)
        case 7: lines.insert(lines[other], at: at)
        default: return document.last == "\n" ? String(document.dropLast()) : document + "\n"
        }
        return lines.joined(separator: "\n")
    }

    /// Inserts, removes, repeats or replaces a few characters.
    private mutating func changedText(_ document: String) -> String {
        var scalars = Array(document.unicodeScalars)
        let at = Int.random(in: 0...scalars.count, using: &random)
        let end = min(scalars.count, at + Int.random(in: 1...4, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: scalars.removeSubrange(at..<end)
        case 1: scalars.replaceSubrange(at..<end, with: pick(Self.tokens).unicodeScalars)
        case 2:
            let there = Int.random(in: 0...scalars.count, using: &random)
            scalars.insert(contentsOf: Array(scalars[at..<end]), at: there)
        default: scalars.insert(contentsOf: pick(Self.tokens).unicodeScalars, at: at)
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    private static let tokens = [
        " ", " ", "  ", "\n", "\n", "\n  ", "\n    ", "\t", "\n\t", ":", ": ", ":\n", "- ", "-", "\n- ", "\n  - ", "#",
        " #", " # c\n", "'", "\"", "''", "[", "]", "{", "}", "[]", "{}", ",", ", ", "\\", "\\n", "\\\n", "\\/", "\\x41",
        "\\u00e9", "\\U0001F600", "\\ ", "\\\t", "\\_", "\\N", "\\0", "\\e", "a", "b", "c: d", "0", "1", ".5", "0x1",
        "0o7", "+1", "1e3", "|", ">", "|-", ">+", "|2", ">1-", "|\n", ">\n", "%", "@", "`", "&", "*", "!", "?", "? ",
        "~",
        "null", "true", "---", "---\n", "...", "...\n", "\n---\n", "\n...\n", "é", "😀", "\r\n", "<<: ", "=",
    ]

    private static let prefixes = [
        "k: ", "k:\n  ", "k:\n  - ", "k:\n- ", "k: >\n a", "k: |\n", "k: [", "k: {", "k: [a", "k: {a", "k: \"", "k: '",
        "k: a", "---\nk: ", "a: b\n", "a: b\nc: ", "k:\n  j: ", "k:\n  j: [", "k:\n  j: \"a", "k:\n  j: a\n", "",
        "--- ",
        "{", "k: \"a\\", "k:\n  - - ", "k:\n  - j: ", "k: |+\n  a\n", "k: >-\n  a\n", "k: |1", "\"k\"", "k : ",
    ]

    /// One document for each construct, so that a change leads to its edges.
    static let constructs = [
        "a: b\n", "a: b", "a:\n  b: c\n  d: e\nf: g\n", "a:\n- b\n- c\n",
        "a:\n  - b\n  - c: d\n    e: f\n  - - g\n    - h\n",
        "a: \"b\"\n", "a: 'it''s'\n", "a: \"b\n  c\"\nd: e\n", "a: 'b\n\n  c '\n",
        "a:\n  b: \"c\n    d\n\n    e\"\n  f: g\n",
        "a: \"b \\\n   c\\\n  \\ d\"\n", "a: \"\\t\\n\\\\ \\\" \\/ \\x41\\u00e9\\U0001F600 \\e\\a\\_\"\n",
        "a: b\n  c\n\n  d\ne: f\n", "a:\n  b\n  c\nd: e\n", "a:\n  - b\n    c\n  - \"d\n    e\"\n",
        "a: [b, c]\n", "a: [b, c,]\n", "a: {b: c, d: e}\n", "a: {b, c: }\n", "a: [b: c, d]\n", "a: {\"b\":c, 'd': e}\n",
        "a: [\n  b,\n  c\n  ]\n", "a: {\n  b: c, # d\n  e: [f, g] # h\n  }\n", "a:\n  b: [c,\n    d]\n  e: f\n",
        "a:\n  - [b, [c, {d: e}]]\n  - {f: {g: h}}\n", "a: [\"b\n  c\", d\n  e]\n", "{a: b, c: [d]}\n",
        "{\n\"a\": \"b\",\n\"c\": [1, 2]\n}\n",
        "a: |\n  b\n  c\nd: e\n", "a: |\n  b", "a: >\n  b\n  c\n\n  d\n   e\n  f\ng: h\n", "a: >\n  b",
        "a: |-\n  b\n\nc: d\n",
        "a: |+\n  b\n\n\nc: d\n", "a: >+\n  b\n\n", "a: |2\n    b\n  c\n", "a: >1-\n  b\n c\n", "a: | # c\n  b\n",
        "a:\n  b: |\n    c\n\n    d\n  # e\n  f: g\n", "a:\n  - |\n    b\n  - >-\n    c\n     d\n", "a: |\n\n  b\n",
        "a: |\n   \n  b\n",
        "a: >\n\n\n  b\n\n\n   c\n\n  d\n", "a: |\n  b\t\n  \tc\n", "a: >\n  b\n  \tc\n  d\n", "a: |\nb: c\n", "a: |\n",
        "# a\n\nb: c # d\n\n  # e\nf:\n  # g\n  h: i\n# j\n", "---\na: b\n", "--- # c\na: b\n...\n", "a: b\n...\n# c\n",
        "--- {a: b}\n",
        "a: 1\nb: -2\nc: 1.5\nd: 1e3\ne: 0x1F\nf: 0o17\ng: true\nh: null\ni: ~\nj:\nk: .5\nl: +1\n",
        "a: b#c\nd: e:f\ng: -h\ni: ?j\nk: :l\nm: n, o\np: q]r\n", "\"a\": b\n'c' : d\ne : f\n", "a: b: c\n", "a: - b\n",
        "a:  \n  b\n",
        "a:\n  b:\n    c:\n      - d:\n          e: f\n", "a: b\r\nc: |\r\n  d\r\n  e\r\n",
        "a: b\r\nc: \"d\r\n  e\"\r\n", "a:\tb\t\nc:\n  - \td\n",
        "a: [b, # c\n  d]\n", "a: [b\n  , c]\n", "a: {b\n  : c}\n", "a: {b:\n  c}\n", "a:\n  [b]\nc:\n  {d: e}\n",
        "a:\n  |\n  b\n", "a:\n  \"b\"\n",
        "a: [b:]\n", "a: {b:, c :}\n", "a: [\"b\":c, 'd' : e]\n", "a: {b: [c], \"d\":[e]}\n", "a: [b -, c ?]\n",
        "a: [b: c, : d]\n",
        "a: \"b\\\n\n  c\"\n", "a: \"b\\\\ \n  c\"\n", "a: >\n  b\n\n    c\n  d\n", "a:\n- b\n-\nc:\n  -\n  - d\n",
        "a: |+\n  b\n  \n  ",
        "a: -\n", "a: [-, b]\n", "a: [-b, :c]\n", "a: {? b: c}\n", "- a\n- b: c\n", "a: é\nb: \"😀\"\nc: [é, 😀]\n",
        "a: @b\n", "a: %b\n",
    ]

    /// The fixtures and the example's files.
    private static func files() throws -> [String] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var texts: [String] = []
        for folder in ["providers", "secrets", "Tests/Fixtures"] {
            let files = FileManager.default.enumerator(
                at: root.appending(path: folder),
                includingPropertiesForKeys: nil
            )
            for case let file as URL in files?.allObjects ?? [] where file.pathExtension == "yaml" {
                let text = String(validating: try Data(contentsOf: file), as: UTF8.self)
                if let text, text.utf8.count < 4_000 { texts.append(text) }
            }
        }
        return texts.sorted()
    }
}
