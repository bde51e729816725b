/// A reference to a value, for declarations: they have a dozen reference-counted fields, and are copied by one.
package final class Shared<Value: Sendable>: Sendable {
    /// The value.
    package let value: Value

    /// Creates a reference.
    @inlinable package init(_ value: Value) { self.value = value }
}
