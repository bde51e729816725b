import RosterModel
import YAMLSyntax

/// The nodes at the keys of one mapping, by the keys' positions in ``RecordShape/fields``.
///
/// Declarations read them by name, through ``Fields``.
struct FieldNodes {
    private enum Mark {
        static let absent: Int32 = -1
        static let null: Int32 = -2
        static let invalid: Int32 = -3
    }

    private var keys: InlineArray<8, Int32> = InlineArray(repeating: Mark.absent)
    private var values: InlineArray<8, Int32> = InlineArray(repeating: Mark.absent)

    /// The state of a key.
    enum State: Equatable {
        case absent
        case null
        /// A value of the wrong type, which was reported.
        case invalid
        case node(YAMLNodeIndex)
    }

    /// Returns the state of a key.
    func state(_ position: Int) -> State {
        switch values[position] {
        case Mark.absent: .absent
        case Mark.null: .null
        case Mark.invalid: .invalid
        case let node: .node(Int(node))
        }
    }

    /// Returns the valid value of a key.
    func node(_ position: Int) -> YAMLNodeIndex? { values[position] >= 0 ? Int(values[position]) : nil }

    /// Returns the node of the key itself, for any value.
    func key(_ position: Int) -> YAMLNodeIndex? { keys[position] >= 0 ? Int(keys[position]) : nil }

    /// Returns whether the mapping has a key.
    func isPresent(_ position: Int) -> Bool { keys[position] >= 0 }

    mutating func setKey(_ position: Int, _ key: YAMLNodeIndex) { keys[position] = Int32(truncatingIfNeeded: key) }

    mutating func setValue(_ position: Int, _ node: YAMLNodeIndex) {
        values[position] = Int32(truncatingIfNeeded: node)
    }

    mutating func setNull(_ position: Int) { values[position] = Mark.null }

    mutating func setInvalid(_ position: Int) { values[position] = Mark.invalid }
}

/// The nodes at the keys of one mapping, by name.
struct Fields<Key: FieldKey> {
    private let nodes: FieldNodes

    init(_ nodes: FieldNodes) { self.nodes = nodes }

    /// Returns the valid value of a key.
    func node(_ key: Key) -> YAMLNodeIndex? { nodes.node(key.rawValue) }

    /// Returns the node of the key itself, for any value.
    func key(_ key: Key) -> YAMLNodeIndex? { nodes.key(key.rawValue) }

    /// Returns whether the mapping has a key.
    func isPresent(_ key: Key) -> Bool { nodes.isPresent(key.rawValue) }

    /// Returns the value of an optional key.
    func optionally<Value>(
        _ key: Key,
        in tree: borrowing YAMLTree,
        _ make: (YAMLNodeIndex) -> Value?
    ) -> Optionally<Value> {
        switch nodes.state(key.rawValue) {
        case .absent, .null: .absent
        case .invalid: .invalid
        case .node(let node): make(node).map { .present(Located($0, tree[node].span)) } ?? .invalid
        }
    }

    /// Returns the value of a required key; nil when it is absent or invalid, which was reported.
    func required<Value>(
        _ key: Key,
        in tree: borrowing YAMLTree,
        _ make: (YAMLNodeIndex) -> Value?
    ) -> Located<Value>? {
        guard let node = node(key), let value = make(node) else { return nil }
        return Located(value, tree[node].span)
    }
}
