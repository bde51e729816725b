import RosterBytes

/// A plain JSON value, its keys in the order of the file.
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
    /// The members in order; no name stands twice.
    public var members: [Member]

    /// Makes an object of members whose names differ.
    public init(_ members: [Member] = []) { self.members = members }

    /// The value of the first member of that name.
    public subscript(name: String) -> JSONValue? { members.first { $0.name.equalsInBytes(name) }?.value }

    /// A name and its value.
    public struct Member: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value.
        public var value: JSONValue

        /// Makes a member.
        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }
}

// Texts and names compare by their bytes, as in the files and in JSON.

extension JSONValue {
    /// Whether two values are the same, names of objects in the same order.
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
    /// Whether name and value are the same.
    public static func == (one: JSONObject.Member, other: JSONObject.Member) -> Bool {
        one.name.equalsInBytes(other.name) && one.value == other.value
    }
}
