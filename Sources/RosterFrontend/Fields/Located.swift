package import YAMLSyntax

/// A value with its place in a file.
package struct Located<Value: Sendable>: Sendable {
    /// The value.
    package var value: Value
    /// The place.
    package var span: ByteSpan

    /// Creates a located value.
    @inlinable package init(_ value: Value, _ span: ByteSpan) {
        self.value = value
        self.span = span
    }
}

/// The value of an optional key.
package enum Optionally<Value: Sendable>: Sendable {
    /// The key is absent, or null.
    case absent
    /// The value has the wrong type or form, which was reported; no rule checks it further.
    case invalid
    /// A valid value.
    case present(Located<Value>)

    /// The value, when it is present.
    @inlinable package var located: Located<Value>? {
        if case .present(let located) = self { located } else { nil }
    }

    /// A Boolean value that indicates whether the key is absent or null.
    @inlinable package var isAbsent: Bool {
        if case .absent = self { true } else { false }
    }
}
