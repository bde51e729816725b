import RosterBytes

/// A JSON value whose objects keep the order of their members.
public enum JSONValue: Sendable, Hashable {
    /// `null`
    case null
    /// `true` or `false`
    case boolean(Bool)
    /// A whole number of 64 bits.
    case integer(Int64)
    /// A finite number.
    case float(Double)
    /// A text.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// A mapping.
    case object(JSONObject)

    /// The text of a string; nil for anything else.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The members of an object; nil for anything else.
    public var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }
}

/// A mapping that keeps its order.
public struct JSONObject: Sendable, Hashable {
    /// The members in order, with unique names.
    public var members: [Member]

    /// Creates an object of members with unique names.
    public init(_ members: [Member] = []) { self.members = members }

    /// The value of the first member of that name.
    public subscript(name: String) -> JSONValue? { members.first { $0.name.equalsInBytes(name) }?.value }

    /// A name and its value.
    public struct Member: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value.
        public var value: JSONValue

        /// Creates a member.
        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }
}

// Strings and names compare by their bytes, as in YAML and JSON, not by canonical equivalence.

extension JSONValue {
    /// Returns a Boolean value that indicates whether two values are equal, with the members in the same order.
    public static func == (one: JSONValue, other: JSONValue) -> Bool {
        switch (one, other) {
        case (.null, .null): true
        case (.boolean(let one), .boolean(let other)): one == other
        case (.integer(let one), .integer(let other)): one == other
        case (.float(let one), .float(let other)): one == other
        case (.string(let one), .string(let other)): one.equalsInBytes(other)
        case (.array(let one), .array(let other)): one == other
        case (.object(let one), .object(let other)): one == other
        default: false
        }
    }
}

extension JSONObject.Member {
    /// Returns a Boolean value that indicates whether both names and values are equal.
    public static func == (one: JSONObject.Member, other: JSONObject.Member) -> Bool {
        one.name.equalsInBytes(other.name) && one.value == other.value
    }
}
