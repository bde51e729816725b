import RosterModel
import YAMLSyntax

/// Which node stands at each key of one mapping, by the key's position in ``RecordShape/fields``.
struct FieldNodes {
    private enum Mark {
        static let absent: Int32 = -1
        static let null: Int32 = -2
        static let invalid: Int32 = -3
    }

    private var keys: InlineArray<8, Int32> = InlineArray(repeating: Mark.absent)
    private var values: InlineArray<8, Int32> = InlineArray(repeating: Mark.absent)

    /// What stands at a key.
    enum State: Equatable {
        case absent
        case null
        /// Of the wrong type or value, and reported.
        case invalid
        case node(YAMLNodeIndex)
    }

    func state(_ field: Int) -> State {
        switch values[field] {
        case Mark.absent: .absent
        case Mark.null: .null
        case Mark.invalid: .invalid
        case let node: .node(Int(node))
        }
    }

    /// The value, when there is a valid one.
    func node(_ field: Int) -> YAMLNodeIndex? { values[field] >= 0 ? Int(values[field]) : nil }

    /// The key, when it is there, whatever its value.
    func key(_ field: Int) -> YAMLNodeIndex? { keys[field] >= 0 ? Int(keys[field]) : nil }

    func isPresent(_ field: Int) -> Bool { keys[field] >= 0 }

    mutating func setKey(_ field: Int, _ key: YAMLNodeIndex) { keys[field] = Int32(truncatingIfNeeded: key) }

    mutating func setValue(_ field: Int, _ node: YAMLNodeIndex) { values[field] = Int32(truncatingIfNeeded: node) }

    mutating func setNull(_ field: Int) { values[field] = Mark.null }

    mutating func setInvalid(_ field: Int) { values[field] = Mark.invalid }
}
