import RosterModel
import YAMLSyntax

/// The values of `config` that are keys by the names that lead to them.
struct ConfigKeys {
    /// A name, and the values under it that are keys.
    struct Found {
        var name: String
        /// The place of the finding.
        var place: ByteSpan
        var values: [ByteSpan] = []
    }

    private var found: [Found] = []

    /// Returns the keys under a node, in the file's order.
    static func find(in root: YAMLNodeIndex, of tree: borrowing YAMLTree) -> [Found] {
        var keys = ConfigKeys()
        keys.visit(root, KeyContext(), place: nil, in: tree)
        return keys.found
    }

    /// A key of a mapping at which what is below it is reported.
    private struct Place {
        var key: YAMLNodeIndex
        /// The node whose text is the name.
        var name: YAMLNodeIndex
    }

    private mutating func visit(
        _ node: YAMLNodeIndex,
        _ context: KeyContext,
        place: Place?,
        in tree: borrowing YAMLTree
    ) {
        switch tree[node].kind {
        case .mapping:
            // The text of a sibling that names the value, searched for once.
            var sibling: YAMLNodeIndex??
            tree.forEachEntry(of: node) { key, value in
                guard tree[key].isScalar else { return visit(value, context, place: place, in: tree) }
                var inner = unsafe tree.withBytes(of: key) { unsafe context.member(utf8: $0) }
                var place = inner == context && !context.isEmpty ? place : Place(key: key, name: key)
                if inner.isEmpty || inner == context, unsafe tree.withBytes(of: key, { unsafe Self.isValue($0) }) {
                    if sibling == nil { sibling = .some(Self.name(in: node, of: tree)) }
                    if case .some(.some(let name)) = sibling {
                        inner = KeyContext().member(tree.text(of: name))
                        place = Place(key: key, name: name)
                    }
                }
                if inner.isKey {
                    add(tree[value].span, place, in: tree)
                } else {
                    visit(value, inner, place: place, in: tree)
                }
            }
        case .sequence:
            tree.forEachElement(of: node) { visit($0, context, place: place, in: tree) }
        case .refused:
            break
        default:
            guard !context.isEmpty, let place else { return }
            if unsafe tree.withBytes(of: node, { unsafe context.isKey(utf8: $0) }) {
                add(tree[node].span, place, in: tree)
            }
        }
    }

    /// Adds a value; several under one name are reported once.
    private mutating func add(_ value: ByteSpan, _ place: Place?, in tree: borrowing YAMLTree) {
        guard let place else { return }
        if found.last?.place != tree[place.key].span {
            found.append(Found(name: tree.text(of: place.name), place: tree[place.key].span))
        }
        found[found.count - 1].values.append(value)
    }

    private static func isValue(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe KeyContext.isName(key, oneOf: ["value"])
    }

    /// Returns the name in a mapping such as `{name: OPENAI_API_KEY, value: …}`; nil when it is not the name of a key.
    private static func name(in mapping: YAMLNodeIndex, of tree: borrowing YAMLTree) -> YAMLNodeIndex? {
        var name: YAMLNodeIndex?
        tree.forEachEntry(of: mapping) { key, member in
            guard name == nil, tree[key].isScalar, tree[member].isScalar,
                unsafe tree.withBytes(of: key, { unsafe KeyContext.isName($0, oneOf: KeyContext.namesOfNames) })
            else { return }
            if unsafe tree.withBytes(of: member, { unsafe !KeyContext().member(utf8: $0).isEmpty }) { name = member }
        }
        return name
    }
}
