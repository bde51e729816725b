/// A reference to a value, for declarations: they have a dozen reference-counted fields, and are copied by one.
public final class Shared<Value: Sendable>: Sendable {
    /// The value.
    public let value: Value

    /// Creates a reference.
    @inlinable public init(_ value: Value) { self.value = value }
}
