/// An encoder of values as JSON, with the part of Foundation's interface that swift-argument-parser uses.
public final class JSONEncoder {
    /// The layout of the JSON text.
    public struct OutputFormatting: OptionSet, Sendable {
        /// The bits of the options.
        public let rawValue: UInt

        /// Creates options from their bits.
        public init(rawValue: UInt) { self.rawValue = rawValue }

        /// A line for each member and element.
        public static let prettyPrinted = OutputFormatting(rawValue: 1 << 0)
        /// Members in the order of their names.
        public static let sortedKeys = OutputFormatting(rawValue: 1 << 1)
    }

    /// The layout of the text.
    public var outputFormatting: OutputFormatting = []

    /// Creates an encoder.
    public init() {}

    /// Returns the JSON text of a value.
    public func encode(_ value: some Encodable) throws -> Data {
        let root = Node()
        try value.encode(to: ValueEncoder(root, []))
        return Data(Array(root.text(outputFormatting, indent: "").utf8))
    }
}

/// A JSON value that is being built.
final class Node {
    enum Content {
        case literal(String)
        case array([Node])
        case object([(name: String, value: Node)])
    }

    var content = Content.literal("null")

    func text(_ formatting: JSONEncoder.OutputFormatting, indent: String) -> String {
        let inner = formatting.contains(.prettyPrinted) ? "\n" + indent + "  " : ""
        let end = formatting.contains(.prettyPrinted) ? "\n" + indent : ""
        switch content {
        case .literal(let text): return text
        case .array(let elements):
            let texts = elements.map { $0.text(formatting, indent: indent + "  ") }
            return texts.isEmpty ? "[]" : "[" + inner + texts.joined(separator: "," + inner) + end + "]"
        case .object(var members):
            if formatting.contains(.sortedKeys) { members.sort { $0.name < $1.name } }
            let colon = formatting.contains(.prettyPrinted) ? " : " : ":"
            let texts = members.map {
                Node.quoted($0.name) + colon + $0.value.text(formatting, indent: indent + "  ")
            }
            return texts.isEmpty ? "{}" : "{" + inner + texts.joined(separator: "," + inner) + end + "}"
        }
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\", "/": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    func addMember(_ name: String) -> Node {
        let node = Node()
        if case .object(let members) = content {
            content = .object(members.filter { $0.name != name } + [(name, node)])
        } else {
            content = .object([(name, node)])
        }
        return node
    }

    func addElement() -> Node {
        let node = Node()
        if case .array(let elements) = content { content = .array(elements + [node]) } else { content = .array([node]) }
        return node
    }

    var count: Int { if case .array(let elements) = content { elements.count } else { 0 } }
}
