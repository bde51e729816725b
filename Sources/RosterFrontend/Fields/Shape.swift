import RosterBytes
import RosterModel
import YAMLSyntax

/// A comparison of a mapping with the table of its shape.
enum Shape {
    /// Returns the fields of a mapping; a value of the wrong type is reported and absent.
    static func read<Key: FieldKey>(
        _ mapping: YAMLNodeIndex,
        as key: Key.Type,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> Fields<Key> {
        Fields(read(mapping, as: key.shape, in: tree, &findings))
    }

    private static func read(
        _ mapping: YAMLNodeIndex,
        as shape: RecordShape,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> FieldNodes {
        var result = FieldNodes()
        var unknown: [UnknownFieldReader.Entry] = []
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
            // A key that is not a string was refused by the reader.
            guard tree[key].isScalar else { return }
            guard let position = position(of: key, among: fields, from: next, in: tree) else {
                unknown.append(UnknownFieldReader.Entry(key: key, value: value))
                return
            }
            next = position + 1
            // The first of two equal keys counts; the second is reported as such.
            guard !result.isPresent(position) else { return }
            result.setKey(position, key)
            let field = fields[position]
            if field.isNullable, tree.isNull(value) {
                result.setNull(position)
            } else if Value.check(value, field.type, name: field.name.description, in: tree, &findings) {
                result.setValue(position, value)
            } else {
                result.setInvalid(position)
            }
        }
        if let line = unknown.first(where: { UnknownFieldReader.isLineOfDiff($0.key, in: tree) }) {
            YAMLSyntaxRule.reportDiff(at: tree[line.key].span.start, &findings)
            for position in fields.indices where !result.isPresent(position) { result.setInvalid(position) }
            return result
        }
        for entry in unknown { UnknownFieldReader.report(entry, shape: shape, in: tree, &result, &findings) }
        for (position, field) in fields.enumerated() where field.isRequired && !result.isPresent(position) {
            MissingField.report(field, of: shape, mapping: mapping, in: tree, &findings)
        }
        return result
    }

    /// Returns the position of a key in a table of fields; most files have the keys in the order of the table.
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
}
