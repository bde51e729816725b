// So that a document reads in Swift as it is sent.

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Makes a text.
    public init(stringLiteral text: String) { self = .string(text) }

    /// Makes a whole number.
    public init(integerLiteral number: Int64) { self = .integer(number) }

    /// Makes `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }

    /// Makes a list.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// Makes an object, its members in the order of the literal.
    public init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(JSONObject(members.map { JSONObject.Member(name: $0.0, value: $0.1) }))
    }
}
