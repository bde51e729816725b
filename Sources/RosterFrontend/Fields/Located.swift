public import YAMLSyntax

/// A value with its place in a file.
public struct Located<Value: Sendable>: Sendable {
    /// The value.
    public var value: Value
    /// The place.
    public var span: ByteSpan

    /// Creates a located value.
    @inlinable public init(_ value: Value, _ span: ByteSpan) {
        self.value = value
        self.span = span
    }
}

/// The value of an optional key.
public enum Optionally<Value: Sendable>: Sendable {
    /// The key is absent, or null.
    case absent
    /// The value has the wrong type or form, which was reported; no rule checks it further.
    case invalid
    /// A valid value.
    case present(Located<Value>)

    /// The value, when it is present.
    @inlinable public var located: Located<Value>? {
        if case .present(let located) = self { located } else { nil }
    }

    /// A Boolean value that indicates whether the key is absent or null.
    @inlinable public var isAbsent: Bool {
        if case .absent = self { true } else { false }
    }
}
