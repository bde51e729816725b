import YAMLSyntax

/// A value, and where it is written.
struct Located<Value: Sendable>: Sendable {
    var value: Value
    var span: ByteSpan

    init(_ value: Value, _ span: ByteSpan) {
        self.value = value
        self.span = span
    }
}

/// What stands at a key that may be left out.
enum Optionally<Value: Sendable>: Sendable {
    /// Nothing, or null.
    case absent
    /// Something of the wrong type or value: reported, and not to be judged further.
    case invalid
    case present(Located<Value>)

    var located: Located<Value>? {
        if case .present(let located) = self { located } else { nil }
    }

    var isAbsent: Bool {
        if case .absent = self { true } else { false }
    }
}

extension FieldNodes {
    /// The value of a field that may be left out.
    func optionally<Value>(
        _ field: Int,
        in tree: borrowing YAMLTree,
        _ make: (YAMLNodeIndex) -> Value?
    ) -> Optionally<Value> {
        switch state(field) {
        case .absent, .null: .absent
        case .invalid: .invalid
        case .node(let node): make(node).map { .present(Located($0, tree[node].span)) } ?? .invalid
        }
    }

    /// The value of a field that must be there; nil when it is not, which was reported.
    func required<Value>(
        _ field: Int,
        in tree: borrowing YAMLTree,
        _ make: (YAMLNodeIndex) -> Value?
    ) -> Located<Value>? {
        guard let node = node(field), let value = make(node) else { return nil }
        return Located(value, tree[node].span)
    }
}
