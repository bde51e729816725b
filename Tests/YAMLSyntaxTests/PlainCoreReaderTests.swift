import Foundation
import RosterTestSupport
import Testing

@testable import YAMLSyntax

/// Every document that the plain core's reader accepts has the same tree as with libyaml.
@Suite("The plain core's reader compared with libyaml")
struct PlainCoreReaderTests {
    @Test(
        "Common constructs are read without libyaml",
        arguments: [
            "a: 1\n", "a: 1", "# c\n\na: b c # d\nb: 'x'   \nc: \"y\" # z\n", "a:\n  b:\n    c: d\n  e: f\ng: h\n",
            "a:\n- b\n- c\nd: e\n", "a:\n  - b: c\n    d: e\n  - b: f\n", "a: [b, \"c\", 'd:e', f:8080]\n", "a: []\n",
            "a: \"x\\n\\\"y\\\\\"\n", "a: it's #1, {x} [y]\n", "name: Käse 🚀\n", "a: -1\nb: ~\nc: /v1/\nd: .5\n",
            "a:   # nothing yet\n  b: c\n", "a: {b: c, d: [e, {f: g}]}\nh: {}\n",
            "a: |\n  b\n\n  c\n   d\ne: >-\n  f\n  g\n\n  h\n", "a: >+\n  b\n\n", "a:\n  - >\n    b\n  - |-\n   c",
            "a: |\n  b\n   ",
        ]
    )
    func isTaken(source: String) {
        #expect(isSame(Array(source.utf8)) == true)
    }

    @Test(
        "Other constructs are left to libyaml",
        arguments: [
            "", "# only a comment\n", "a:\tb\n", "a: b\r\n", "a: b\n  c\n", "a: |2\n  b\n", "a: |\n\n  b\n",
            "a: |\nb: c\n", "a: &x b\n", "a: *x\n", "a: !t b\n",
            "a: {b: c, b: d}\n", "a: {b}\n", "a: {b:c}\n", "a: {? b: c}\n", "a: [[[[[b]]]]]\n", "a: [b\n  ]\n",
            "a: b: c\n", "a: 'b''c'\n", "a: \"b\\u0041\"\n", "a: \"b\n  c\"\n",
            "a: 1\na: 2\n", "a:\n", "a:\nb: 1\n", "- a\n", "--- \na: b\n", "a: b\n...\n", "true: a\n", "null: a\n",
            "? a\n: b\n",
            "%YAML 1.2\n---\na: b\n", " a: b\n", "a: b\n c: d\n", "a:\n  b: c\n d: e\n", "a: 'b'c\n", "a: 'b'#c\n",
            "a: [b,]\n",
            "a: [*b]\n", "a: [b #c\n]\n", "a: `b\n", "a: @b\n", "a: %b\n", "a: - b\n", "a: ? b\n", "a: [-]\n",
            "a : b\n",
        ]
    )
    func isDeclined(source: String) {
        #expect(isSame(Array(source.utf8)) == nil)
    }

    @Test("A mapping may be long, and must have unique keys")
    func longMappings() {
        for count in [15, 16, 17, 200] {
            let keys = (0..<count).map { "k\($0): \($0)\n" }.joined()
            #expect(isSame(Array(keys.utf8)) == true)
            #expect(isSame(Array((keys + "k\(count / 2): a\n").utf8)) == nil)
            let flow = "a: {" + (0..<count).map { "k\($0): v" }.joined(separator: ", ")
            #expect(isSame(Array((flow + "}\n").utf8)) == true)
            #expect(isSame(Array((flow + ", k0: v}\n").utf8)) == nil)
        }
    }

    @Test("Indicators in plain text are recognized at every offset", arguments: 0..<20)
    func placesInPlainText(position: Int) {
        let text = "a: x" + String(repeating: "x", count: position)
        for tail in ["", "\n", String(repeating: "y", count: 9) + "\n"] {
            for special in [" # b", ":b", "#b", "\nb: c"] {
                #expect(isSame(Array((text + special + tail).utf8)) == true, "\(special) after \(position)")
            }
            for special in [": b", "\tb"] {
                #expect(isSame(Array((text + special + tail).utf8)) == nil, "\(special) after \(position)")
            }
        }
    }

    @Test("Leaves a block scalar that starts with a tab to libyaml", arguments: [">", ">-", "|", "|-", "|+"])
    func blockScalarWithTab(indicator: String) {
        #expect(isSame(Array("a: \(indicator)\n \tb\n  c\n".utf8)) == nil)
        #expect(isSame(Array("a: \(indicator)\n b\n \tc\n".utf8)) != false)
    }

    @Test("Thousands of edited files have the same tree")
    func changedFiles() throws {
        var random = SeededGenerator()
        var (taken, tried) = (0, 0)
        for seed in try Self.seeds() {
            #expect(isSame(seed) != false)
            for _ in 0..<400 {
                let changed = Self.change(seed, &random)
                guard Self.isScanned(changed) else { continue }
                tried += 1
                guard let same = isSame(changed) else { continue }
                taken += 1
                #expect(same, "\(String(decoding: changed, as: UTF8.self).debugDescription)")
            }
        }
        #expect(tried > 10_000 && taken > 2_000, "\(taken) of \(tried)")
    }

    @Test("Every short text of indicator bytes has the same tree")
    func shortTexts() {
        let bytes = Array("a:- \n#'\"[{,>".utf8)
        var taken = 0
        // Five bytes after a key, after a dash, and in a folded scalar, a flow sequence and a flow mapping.
        for prefix in ["k: ", "k:\n  - ", "k: >\n a", "k: [a", "k: {a: "] {
            for number in 0..<Int(pow(Double(bytes.count), 5)) {
                var rest = number
                var text = Array(prefix.utf8)
                for _ in 0..<5 {
                    text.append(bytes[rest % bytes.count])
                    rest /= bytes.count
                }
                guard let same = isSame(text) else { continue }
                taken += 1
                if !same { Issue.record("\(String(decoding: text, as: UTF8.self).debugDescription)") }
            }
        }
        #expect(taken > 20_000)
    }

    /// Returns whether libyaml reads the same tree; nil if the reader declines the document.
    private func isSame(_ bytes: [UInt8]) -> Bool? {
        var core = PlainCoreReader()
        var tree = YAMLTree()
        tree.source = bytes
        guard bytes.withUnsafeBufferPointer({ core.read($0, into: &tree) }) else { return nil }
        var reader = YAMLReader()
        reader.read(bytes)
        guard reader.tree.isComplete, reader.tree.problems.isEmpty, reader.tree.nodes.count == tree.nodes.count else {
            return false
        }
        return tree.nodes.indices.allSatisfy { index in
            let (one, other) = (tree.nodes[index], reader.tree.nodes[index])
            return one.kind == other.kind && one.isFlow == other.isFlow && one.span == other.span
                && one.subtreeEnd == other.subtreeEnd && one.contentIsVerbatim == other.contentIsVerbatim
                && (!one.isScalar || tree.text(of: index) == reader.tree.text(of: index))
        }
    }

    /// The fixtures and the example's files.
    private static func seeds() throws -> [[UInt8]] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var seeds: [[UInt8]] = []
        for folder in ["providers", "secrets", "Tests/Fixtures", "roster.yaml"] {
            let url = root.appendingPathComponent(folder)
            let files = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)?.allObjects ?? []
            for case let file as URL in folder.hasSuffix("yaml") ? [url] : files where file.pathExtension == "yaml" {
                let bytes = Array(try Data(contentsOf: file))
                if bytes.count < 8_000, isScanned(bytes) { seeds.append(bytes) }
            }
        }
        return seeds
    }

    /// Returns whether the scan of a file accepts these bytes, approximately: rejected bytes are never read.
    private static func isScanned(_ bytes: [UInt8]) -> Bool {
        guard let text = String(validating: bytes, as: UTF8.self) else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar == "\n" || scalar == "\t"
                || scalar.value >= 0x20 && ![.control, .format].contains(scalar.properties.generalCategory)
                    && !["\u{2028}", "\u{2029}"].contains(scalar)
        }
    }

    private static func change(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        let words = [
            " ", "\n", "  ", ":", ": ", "- ", "#", " #", "'", "\"", "[", "]", ",", "{", "}", "\\", "a", "0", "&", "*",
            "!", "|", ">", "%",
            "@", "?", "? ", "~", "<<: ", "---\n", "...\n", "\t", "é", "\u{FFFF}", "null", "true", "-", "\\n", "''",
        ]
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let at = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.insert(contentsOf: words.randomElement(using: &random)?.utf8.map(\.self) ?? [], at: at)
            case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...4, using: &random)))
            case 2:
                let end = min(bytes.count, at + Int.random(in: 1...30, using: &random))
                bytes.insert(contentsOf: Array(bytes[at..<end]), at: Int.random(in: 0...bytes.count, using: &random))
            default:
                guard at < bytes.count else { continue }
                bytes.replaceSubrange(at..<at + 1, with: words.randomElement(using: &random)?.utf8.map(\.self) ?? [])
            }
        }
        return bytes
    }
}
