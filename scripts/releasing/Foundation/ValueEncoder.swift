/// An encoder that writes one value into a node.
struct ValueEncoder: Encoder {
    let node: Node
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(_ node: Node, _ codingPath: [any CodingKey]) { (self.node, self.codingPath) = (node, codingPath) }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        node.content = .object([])
        return KeyedEncodingContainer(Members<Key>(node: node, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.content = .array([])
        return Elements(node: node, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(node: node, codingPath: codingPath) }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: Node
    let codingPath: [any CodingKey]

    func encodeNil(forKey key: Key) { _ = node.addMember(key.stringValue) }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        try value.encode(to: superEncoder(forKey: key))
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<
        Nested
    > {
        superEncoder(forKey: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        superEncoder(forKey: key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { ValueEncoder(node.addMember("super"), codingPath) }

    func superEncoder(forKey key: Key) -> any Encoder {
        ValueEncoder(node.addMember(key.stringValue), codingPath + [key])
    }
}

private struct Elements: UnkeyedEncodingContainer {
    let node: Node
    let codingPath: [any CodingKey]
    var count: Int { node.count }

    func encodeNil() { _ = node.addElement() }

    func encode(_ value: some Encodable) throws { try value.encode(to: superEncoder()) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        superEncoder().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }

    func superEncoder() -> any Encoder { ValueEncoder(node.addElement(), codingPath) }
}

private struct Single: SingleValueEncodingContainer {
    let node: Node
    let codingPath: [any CodingKey]

    func encodeNil() { node.content = .literal("null") }

    func encode(_ value: String) { node.content = .literal(Node.quoted(value)) }

    func encode(_ value: Bool) { node.content = .literal(value ? "true" : "false") }

    func encode(_ value: some Encodable) throws {
        switch value {
        case let number as any BinaryInteger: node.content = .literal("\(number)")
        case let number as any BinaryFloatingPoint: node.content = .literal("\(number)")
        default: try value.encode(to: ValueEncoder(node, codingPath))
        }
    }
}
