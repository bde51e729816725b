import RosterBytes
import RosterModel
import YAMLSyntax

/// Holds a mapping against the table of its shape.
enum Shape {
    /// The fields of a mapping, each of its type; what is not is reported.
    static func read(
        _ mapping: YAMLNodeIndex,
        as shape: RecordShape,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> FieldNodes {
        var result = FieldNodes()
        var unknown: [UnknownField.Entry] = []
        let fields = shape.fields
        guard tree[mapping].kind == .mapping else {
            if tree[mapping].kind != .refused {
                WrongType.report(mapping, in: tree, what: shape.title.description, expected: "a mapping", &findings)
            }
            for position in fields.indices { result.setInvalid(position) }
            return result
        }
        var next = 0
        tree.forEachEntry(of: mapping) { key, value in
            // A key that is no string was refused when the file was read.
            guard tree[key].isScalar else { return }
            guard let position = position(of: key, among: fields, from: next, in: tree) else {
                unknown.append(UnknownField.Entry(key: key, value: value))
                return
            }
            next = position + 1
            // The first of two equal keys counts; the second is reported as such.
            guard !result.isPresent(position) else { return }
            result.setKey(position, key)
            let field = fields[position]
            if field.isNullable, isNull(value, in: tree) {
                result.setNull(position)
            } else if Value.check(value, field.type, name: field.name.description, in: tree, &findings) {
                result.setValue(position, value)
            } else {
                result.setInvalid(position)
            }
        }
        if let line = unknown.first(where: { UnknownField.isLineOfDiff($0.key, in: tree) }) {
            YAMLSyntaxRule.reportDiff(at: tree[line.key].span.start, &findings)
            for position in fields.indices where !result.isPresent(position) { result.setInvalid(position) }
            return result
        }
        for entry in unknown { UnknownField.report(entry, shape: shape, in: tree, &result, &findings) }
        for (position, field) in fields.enumerated() where field.isRequired && !result.isPresent(position) {
            MissingField.report(field, of: shape, mapping: mapping, in: tree, &findings)
        }
        return result
    }

    /// Where a key stands in a table of fields, which most files have in the table's order.
    private static func position(
        of key: YAMLNodeIndex,
        among fields: [FieldSpec],
        from next: Int,
        in tree: borrowing YAMLTree
    ) -> Int? {
        unsafe tree.withBytes(of: key) { bytes in
            for position in next..<fields.count where unsafe fields[position].name.equals(bytes) { return position }
            for position in 0..<next where unsafe fields[position].name.equals(bytes) { return position }
            return nil
        }
    }

    /// Whether a node is a plain scalar that means null.
    static func isNull(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree) -> Bool {
        unsafe tree[node].kind == .plain && tree.withBytes(of: node) { unsafe PlainScalar($0) } == .null
    }

    /// What to point at when something is absent from a mapping: its first key, or the mapping itself.
    static func firstKeySpan(of mapping: YAMLNodeIndex, in tree: borrowing YAMLTree) -> ByteSpan {
        let node = tree[mapping]
        guard node.kind == .mapping, Int(node.subtreeEnd) > mapping + 1 else { return node.span }
        return tree[mapping + 1].span
    }
}
