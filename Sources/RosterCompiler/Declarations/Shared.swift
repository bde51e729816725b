/// One value that many places hold: a declaration has a dozen counted fields, and is passed on by one.
final class Shared<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
}
