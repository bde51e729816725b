import YAMLSyntax

/// A YAML file and the edits of some of its bytes; every other byte stays.
package struct EditedDocument: ~Copyable {
    private let source: [UInt8]
    private var reader = YAMLReader()
    private var edits: [(range: Range<Int>, text: String)] = []
    /// The file's own.
    let lineEnd: String

    /// Why a file cannot be edited.
    package enum Problem: Error, Hashable, Sendable {
        /// It cannot be read, or its root is no mapping.
        case unreadable
        /// There is no such key.
        case missing(String)
    }

    /// Reads a file.
    package init(_ source: [UInt8]) throws(Problem) {
        self.source = source
        lineEnd = source.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n"
        reader.read(source)
        guard let root = reader.tree.root, reader.tree[root].kind == .mapping, reader.tree.problems.isEmpty else {
            throw .unreadable
        }
    }

    /// The file with every edit done.
    package consuming func bytes() -> [UInt8] {
        var result = source
        for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            result.replaceSubrange(edit.range, with: edit.text.utf8)
        }
        return result
    }

    /// Puts a text in the place of a range of the file's bytes.
    mutating func replace(_ range: Range<Int>, with text: String) { edits.append((range, text)) }

    /// Whether a node is written in `{…}` or `[…]`.
    func isFlow(_ node: YAMLNodeIndex) -> Bool { reader.tree[node].isFlow }

    var root: YAMLNodeIndex { 0 }

    func value(_ key: String, in mapping: YAMLNodeIndex) -> YAMLNodeIndex? { reader.tree.value(of: key, in: mapping) }

    func text(of node: YAMLNodeIndex) -> String { reader.tree.text(of: node) }

    func range(of node: YAMLNodeIndex) -> Range<Int> { reader.tree[node].span.range }

    func isMapping(_ node: YAMLNodeIndex) -> Bool { reader.tree[node].kind == .mapping }

    func elements(of list: YAMLNodeIndex) -> [YAMLNodeIndex] {
        var result: [YAMLNodeIndex] = []
        reader.tree.forEachElement(of: list) { result.append($0) }
        return result
    }

    func entries(of mapping: YAMLNodeIndex) -> [(key: YAMLNodeIndex, value: YAMLNodeIndex)] {
        var result: [(key: YAMLNodeIndex, value: YAMLNodeIndex)] = []
        reader.tree.forEachEntry(of: mapping) { result.append(($0, $1)) }
        return result
    }

    /// The column of an offset, from 0, in bytes.
    func column(of offset: Int) -> Int {
        offset - (source[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)
    }

    /// Where the line that holds an offset ends, before its line end.
    func endOfLine(_ offset: Int) -> Int {
        let end = source[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? source.count
        return end > offset && source[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
    }

    /// Puts lines behind the line that holds an offset.
    mutating func insertLines(_ lines: [String], behind offset: Int) {
        let end = endOfLine(offset)
        replace(end..<end, with: lines.map { lineEnd + $0 }.joined())
    }

    /// Puts a scalar in the place of a key's value.
    mutating func setScalar(_ key: String, in mapping: YAMLNodeIndex, to text: String) throws(Problem) {
        guard let node = value(key, in: mapping) else { throw .missing(key) }
        guard self.text(of: node) != text else { return }
        let isFlow = isFlow(mapping)
        let range = range(of: node)
        // An empty value has no place of its own: a blank goes before it.
        replace(range, with: (range.isEmpty ? " " : "") + PlainText.scalar(text, inFlow: isFlow))
    }

    /// Puts a number in the place of a key's value.
    mutating func setNumber(_ key: String, in mapping: YAMLNodeIndex, to number: Int64) throws(Problem) {
        guard let node = value(key, in: mapping) else { throw .missing(key) }
        replace(range(of: node), with: String(number))
    }

    /// Puts a list of texts in the place of a key's value, in the style that it is written in.
    mutating func setList(_ key: String, in mapping: YAMLNodeIndex, to texts: [String]) throws(Problem) {
        guard let node = value(key, in: mapping) else { throw .missing(key) }
        guard elements(of: node).map({ text(of: $0) }) != texts else { return }
        let range = range(of: node)
        guard !isFlow(node) else {
            return replace(
                range,
                with: "[" + texts.map { PlainText.scalar($0, inFlow: true) }.joined(separator: ", ") + "]"
            )
        }
        let indent = String(repeating: " ", count: column(of: range.lowerBound))
        replace(range, with: texts.map { "- " + PlainText.scalar($0) }.joined(separator: lineEnd + indent))
    }
}
