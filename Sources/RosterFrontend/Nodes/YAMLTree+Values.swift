package import YAMLSyntax

extension YAMLTree {
    /// Returns whether a node is a plain scalar that means null.
    package func isNull(_ node: YAMLNodeIndex) -> Bool {
        unsafe self[node].kind == .plain && withBytes(of: node) { unsafe PlainScalar($0) } == .null
    }

    /// Returns the span of a mapping's first key, or of the mapping itself: the place of a problem with what is absent.
    package func firstKeySpan(of mapping: YAMLNodeIndex) -> ByteSpan {
        let node = self[mapping]
        guard node.kind == .mapping, Int(node.subtreeEnd) > mapping + 1 else { return node.span }
        return self[mapping + 1].span
    }

    /// Returns the text of a scalar that is a string; nil for a value of another type.
    func textOfString(_ node: YAMLNodeIndex) -> String? {
        guard self[node].isScalar else { return nil }
        if self[node].kind == .plain, unsafe withBytes(of: node, { unsafe PlainScalar($0) }) != .text { return nil }
        return text(of: node)
    }

    /// Returns the number of characters of a scalar, counted as JSON Schema counts them.
    func scalarCount(of node: YAMLNodeIndex) -> Int {
        unsafe withBytes(of: node) { bytes in
            unsafe bytes.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        }
    }

    /// Returns the offset of the first colon in a plain key without a value, as in `{organization:org-acme}`.
    func misplacedColon(in key: YAMLNodeIndex, _ value: YAMLNodeIndex) -> Int? {
        guard self[value].span.isEmpty, self[key].kind == .plain else { return nil }
        // In a block, another colon ends the key.
        let end = Int(self[key].span.end)
        guard source[end...].first(where: { $0 != 0x20 && $0 != 0x09 }) != UInt8(ascii: ":") else { return nil }
        return source[self[key].span.range].dropFirst().firstIndex(of: UInt8(ascii: ":"))
    }
}
