import YAMLSyntax

/// Where the keys of one file stand.
package struct FieldPlaces: Sendable {
    /// A step on the way from a file's root to a value.
    package enum Step: Sendable, Hashable {
        /// The value of a key.
        case key(String)
        /// The element of a list whose own key has a value: `element("id", "rk_…")`.
        case element(String, String)
    }

    private struct Entry {
        var way: [Step]
        var offset: Int
    }

    private let entries: [Entry]
    private let bytes: [UInt8]

    /// Reads a file; one that is not YAML has no places.
    package init(_ bytes: [UInt8]) {
        var reader = YAMLReader()
        reader.read(bytes)
        var entries: [Entry] = []
        if let root = reader.tree.root, reader.tree.isComplete {
            Self.walk(root, [], in: reader.tree, &entries)
        }
        self.entries = entries
        self.bytes = bytes
    }

    /// The line of the key that a way leads to, or of the last one on the way that there is; from 1.
    package func line(of way: [Step]) -> Int? {
        for length in stride(from: way.count, to: 0, by: -1) {
            guard let entry = entries.first(where: { $0.way.elementsEqual(way[..<length]) }) else { continue }
            return bytes[..<entry.offset].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        }
        return nil
    }

    private static func walk(
        _ node: YAMLNodeIndex,
        _ way: [Step],
        in tree: borrowing YAMLTree,
        _ entries: inout [Entry]
    ) {
        switch tree[node].kind {
        case .mapping:
            tree.forEachEntry(of: node) { key, value in
                guard tree[key].isScalar else { return }
                let step = way + [.key(tree.text(of: key))]
                entries.append(Entry(way: step, offset: Int(tree[key].span.start)))
                walk(value, step, in: tree, &entries)
            }
        case .sequence:
            tree.forEachElement(of: node) { element in
                guard let id = tree.value(of: "id", in: element), tree[id].isScalar else { return }
                let step = way + [.element("id", tree.text(of: id))]
                entries.append(Entry(way: step, offset: Int(tree[element].span.start)))
                walk(element, step, in: tree, &entries)
            }
        default: break
        }
    }
}
