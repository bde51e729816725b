import YAMLSyntax

/// The lines of the keys of one file.
package struct FieldPlaces: Sendable {
    /// A step on the path from a file's root to a value.
    package enum Step: Sendable, Hashable {
        /// The value of a key.
        case key(String)
        /// The element of a list whose own key has a value: `element("id", "rk_…")`.
        case element(String, String)
    }

    /// A step with the entry that it starts from.
    private struct Edge: Hashable {
        var parent: Int
        var step: Step
    }

    private static let root = -1
    /// Positions in ``lines``.
    private var entries: [Edge: Int] = [:]
    /// The line of each entry, from 1.
    private var lines: [Int] = []

    /// Reads a file; a file that is not YAML has no places.
    package init(_ bytes: [UInt8]) {
        var reader = YAMLReader()
        reader.read(bytes)
        guard let root = reader.tree.root, reader.tree.isComplete else { return }
        var lineStarts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { lineStarts.append(offset + 1) }
        walk(root, Self.root, in: reader.tree, lineStarts)
    }

    /// Returns the line of the key at a path, or of the last existing key on the path; from 1.
    package func line(of way: [Step]) -> Int? {
        var (parent, line) = (Self.root, Int?.none)
        for step in way {
            guard let entry = entries[Edge(parent: parent, step: step)] else { break }
            (parent, line) = (entry, lines[entry])
        }
        return line
    }

    private mutating func walk(
        _ node: YAMLNodeIndex,
        _ parent: Int,
        in tree: borrowing YAMLTree,
        _ lineStarts: [Int]
    ) {
        switch tree[node].kind {
        case .mapping:
            tree.forEachEntry(of: node) { key, value in
                guard tree[key].isScalar else { return }
                let edge = Edge(parent: parent, step: .key(tree.text(of: key)))
                walk(value, add(edge, Int(tree[key].span.start), lineStarts), in: tree, lineStarts)
            }
        case .sequence:
            tree.forEachElement(of: node) { element in
                guard let id = tree.value(of: "id", in: element), tree[id].isScalar else { return }
                let edge = Edge(parent: parent, step: .element("id", tree.text(of: id)))
                walk(element, add(edge, Int(tree[element].span.start), lineStarts), in: tree, lineStarts)
            }
        default: break
        }
    }

    /// Adds an entry; of two with the same path the first one counts.
    private mutating func add(_ edge: Edge, _ offset: Int, _ lineStarts: [Int]) -> Int {
        if let known = entries[edge] { return known }
        var (low, high) = (0, lineStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        lines.append(low + 1)
        entries[edge] = lines.count - 1
        return lines.count - 1
    }
}
