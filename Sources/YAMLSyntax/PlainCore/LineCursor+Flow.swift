extension LineCursor {
    /// Deeper nesting is left to libyaml.
    private static var flowDepthLimit: Int { 4 }

    /// Adds `[a, "b"]` or `{a: b}` on one line.
    mutating func readFlow(into tree: inout YAMLTree, depth: Int) -> Bool {
        guard depth < Self.flowDepthLimit else { return false }
        let isMapping = byte == UInt8(ascii: "{")
        let closing = isMapping ? UInt8(ascii: "}") : UInt8(ascii: "]")
        let node = tree.nodes.count
        let first = offset
        tree.append(isMapping ? .mapping : .sequence, ByteSpan(first..<first), content: ByteSpan(first..<first + 1))
        tree.nodes[node].isFlow = true
        var keys = KeySet()
        advance(1)
        skipBlanks()
        while byte != closing {
            if isMapping {
                guard readFlowKey(of: node, &keys, into: &tree) else { return false }
            }
            guard readFlowElement(into: &tree, depth: depth) else { return false }
            skipBlanks()
            if byte == closing { break }
            guard byte == UInt8(ascii: ",") else { return false }
            advance(1)
            skipBlanks()
            guard byte != closing else { return false }
        }
        advance(1)
        tree.nodes[node].span.end = UInt32(truncatingIfNeeded: offset)
        tree.nodes[node].subtreeEnd = UInt32(truncatingIfNeeded: tree.nodes.count)
        return true
    }

    private mutating func readFlowKey(of mapping: Int, _ keys: inout KeySet, into tree: inout YAMLTree) -> Bool {
        guard let key = key(atMost: PlainCoreReader.Limit.keyLength), self[Int(key.end) + 1] == UInt8(ascii: " "),
            isText(key)
        else { return false }
        tree.append(.plain, key, content: key)
        guard keys.firstEqual(to: tree.nodes.count - 1, in: mapping, of: tree) == nil else { return false }
        movePast(key)
        skipBlanks()
        return true
    }

    private mutating func readFlowElement(into tree: inout YAMLTree, depth: Int) -> Bool {
        switch byte {
        case UInt8(ascii: "\""): return readDoubleQuoted(into: &tree)
        case UInt8(ascii: "'"): return readSingleQuoted(into: &tree)
        case UInt8(ascii: "["), UInt8(ascii: "{"): return readFlow(into: &tree, depth: depth + 1)
        default: break
        }
        guard byte.startsPlainText(before: next) else { return false }
        let first = offset
        var last = first
        while !byte.endsFlowText {
            guard byte.isOrdinaryInFlowText || byte == UInt8(ascii: ":") && next.isLetterOrDigit else { return false }
            advance(1)
            if self[offset - 1] != UInt8(ascii: " ") { last = offset }
        }
        if self[last - 1] == UInt8(ascii: "-"), self[last - 2] == UInt8(ascii: " ") { return false }
        let span = ByteSpan(first..<last)
        tree.append(.plain, span, content: span)
        return true
    }
}
