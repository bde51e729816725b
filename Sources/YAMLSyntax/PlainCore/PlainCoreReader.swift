import Glibc

/// Reads the plain core of the format without libyaml: block mappings and lists, whose values are
/// scalars or flow collections on one line, or block scalars.
///
/// Nearly every file is nothing else, and libyaml, which decodes and copies every character several times, would be
/// three quarters of the cost of reading it. A file with anything more in it (a tab, CR LF, a quoted key, a value that goes
/// on in the next line, an anchor, a mistake of any kind) is declined as a whole and read by libyaml.
/// Tests hold the two to the same tree, byte for byte, on every fixture and on thousands of changed ones.
@safe
struct PlainCoreReader: ~Copyable {
    /// Deeper files and longer keys are rare, and libyaml's.
    enum Limit {
        static let depth = 16
        static let keyLength = 128
    }

    /// A mapping or list whose end has not come yet.
    private struct Level {
        let node: Int
        /// The column of its keys or dashes.
        let indent: Int
        let isMapping: Bool
        var keys = KeySet()
    }

    private var levels: [Level] = []
    /// A Boolean value that indicates whether the innermost mapping has a key whose value is in the following lines.
    private var isAwaitingValue = false
    /// The end of the last value.
    private var lastEnd: UInt32 = 0

    init() {}

    /// Reads a file whose bytes were scanned: UTF-8 of visible characters, blanks and line ends.
    ///
    /// - Returns: whether the file is of the plain core; otherwise `tree` holds nothing that counts.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, into tree: inout YAMLTree) -> Bool {
        // U+FFFE and U+FFFF, which start with this byte, are not characters to libyaml.
        guard let start = bytes.baseAddress, unsafe memchr(start, 0xEF, bytes.count) == nil,
            unsafe memchr(start, 0x0D, bytes.count) == nil
        else { return false }
        levels.removeAll(keepingCapacity: true)
        isAwaitingValue = false
        var line = unsafe LineCursor(start: start, end: bytes.count)
        while line.skipToContent() {
            guard readLine(&line, &tree) else { return false }
        }
        guard !levels.isEmpty, !isAwaitingValue else { return false }
        while !levels.isEmpty { close(&tree) }
        return true
    }

    private mutating func readLine(_ line: inout LineCursor, _ tree: inout YAMLTree) -> Bool {
        let indent = line.column
        guard line.byte == UInt8(ascii: "-"), line.next == UInt8(ascii: " ") else {
            return openMapping(at: indent, line.offset, &tree) && readEntry(&line, &tree)
        }
        guard openList(at: indent, line.offset, &tree) else { return false }
        line.advance(1)
        line.skipBlanks()
        guard !line.isAtEndOfLine else { return false }
        guard let key = line.key(atMost: Limit.keyLength) else { return readValue(&line, &tree) }
        guard levels.count < Limit.depth else { return false }
        open(.mapping, at: line.column, line.offset, &tree)
        return readEntry(key, &line, &tree)
    }

    private mutating func readEntry(_ line: inout LineCursor, _ tree: inout YAMLTree) -> Bool {
        guard let key = line.key(atMost: Limit.keyLength) else { return false }
        return readEntry(key, &line, &tree)
    }

    private mutating func readEntry(_ key: ByteSpan, _ line: inout LineCursor, _ tree: inout YAMLTree) -> Bool {
        guard append(key, &line, &tree) else { return false }
        line.movePast(key)
        line.skipBlanks()
        guard line.isAtEndOfLine else { return readValue(&line, &tree) }
        isAwaitingValue = true
        line.skipLine()
        return true
    }

    private mutating func readValue(_ line: inout LineCursor, _ tree: inout YAMLTree) -> Bool {
        let node = tree.nodes.count
        guard let level = levels.last, line.readValue(below: level.indent, into: &tree) else { return false }
        lastEnd = tree.nodes[node].span.end
        return true
    }

    /// Adds a key, unless the format excludes it or the mapping has it already.
    private mutating func append(_ key: ByteSpan, _ line: inout LineCursor, _ tree: inout YAMLTree) -> Bool {
        guard let level = levels.indices.last, line.isText(key) else { return false }
        tree.append(.plain, key, content: key)
        return levels[level].keys.firstEqual(to: tree.nodes.count - 1, in: levels[level].node, of: tree) == nil
    }

    // MARK: - Levels

    /// Makes the mapping with keys at a column the innermost level.
    private mutating func openMapping(at indent: Int, _ offset: Int, _ tree: inout YAMLTree) -> Bool {
        if isAwaitingValue || levels.isEmpty {
            guard levels.last.map({ indent > $0.indent }) ?? (indent == 0), levels.count < Limit.depth else {
                return false
            }
            open(.mapping, at: indent, offset, &tree)
            isAwaitingValue = false
            return true
        }
        closeLevels(deeperThan: indent, &tree)
        // A list may start at the column of its key.
        if let last = levels.last, last.indent == indent, !last.isMapping { close(&tree) }
        return levels.last.map { $0.indent == indent && $0.isMapping } ?? false
    }

    /// Makes the list with dashes at a column the innermost level.
    private mutating func openList(at indent: Int, _ offset: Int, _ tree: inout YAMLTree) -> Bool {
        if isAwaitingValue {
            guard let last = levels.last, indent >= last.indent, levels.count < Limit.depth else { return false }
            open(.sequence, at: indent, offset, &tree)
            isAwaitingValue = false
            return true
        }
        closeLevels(deeperThan: indent, &tree)
        return levels.last.map { $0.indent == indent && !$0.isMapping } ?? false
    }

    private mutating func open(_ kind: YAMLNode.Kind, at indent: Int, _ offset: Int, _ tree: inout YAMLTree) {
        levels.append(Level(node: tree.nodes.count, indent: indent, isMapping: kind == .mapping))
        let place = ByteSpan(offset..<offset)
        tree.append(kind, place, content: place)
    }

    private mutating func closeLevels(deeperThan indent: Int, _ tree: inout YAMLTree) {
        while let last = levels.last, last.indent > indent { close(&tree) }
    }

    /// Ends the innermost level where its last descendant ends.
    private mutating func close(_ tree: inout YAMLTree) {
        guard let level = levels.popLast() else { return }
        tree.nodes[level.node].subtreeEnd = UInt32(truncatingIfNeeded: tree.nodes.count)
        tree.nodes[level.node].span.end = lastEnd
    }
}

extension YAMLTree {
    /// Adds a node without descendants.
    mutating func append(_ kind: YAMLNode.Kind, _ span: ByteSpan, content: ByteSpan, isVerbatim: Bool = true) {
        nodes.append(
            YAMLNode(
                kind: kind,
                isFlow: false,
                contentIsVerbatim: isVerbatim,
                span: span,
                content: content,
                subtreeEnd: UInt32(truncatingIfNeeded: nodes.count + 1)
            )
        )
    }
}
