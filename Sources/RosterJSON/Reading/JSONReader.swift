import RosterBytes

/// A strict parser of JSON (RFC 8259).
///
/// The names of an object are unique, integers fit in 64 bits, numbers are finite, and values nest at most 64 deep.
package struct JSONReader {
    /// A syntax error and its position.
    package struct Problem: Error, Hashable, Sendable {
        /// The message, such as `expected a value`.
        package var message: String
        /// The offset in bytes.
        package var offset: Int
    }

    private static let depthLimit = 64

    private let bytes: [UInt8]
    private var position = 0

    /// Parses a text that is one value.
    package static func read(_ text: String) throws(Problem) -> JSONValue { try read(valid: Array(text.utf8)) }

    /// Parses UTF-8 bytes that are one value.
    package static func read(utf8 bytes: [UInt8]) throws(Problem) -> JSONValue {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Problem(message: "it is not UTF-8", offset: 0)
        }
        return try read(valid: bytes)
    }

    private static func read(valid bytes: [UInt8]) throws(Problem) -> JSONValue {
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.position == reader.bytes.count else { throw reader.problem("expected the end") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func problem(_ message: String) -> Problem { Problem(message: message, offset: position) }

    private mutating func skipBlanks() { position = bytes.endOfJSONBlanks(from: position) }

    private mutating func take(_ character: Unicode.Scalar) -> Bool { bytes.takeJSON(character, at: &position) }

    private mutating func value(depth: Int) throws(Problem) -> JSONValue {
        guard depth <= Self.depthLimit else { throw problem("nested too deeply") }
        skipBlanks()
        guard position < bytes.count else { throw problem("expected a value") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        default: break
        }
        for (word, value) in [("true", JSONValue.boolean(true)), ("false", .boolean(false)), ("null", .null)]
        where bytes[position...].starts(with: word.utf8) {
            position += word.utf8.count
            return value
        }
        return try number()
    }

    private mutating func object(depth: Int) throws(Problem) -> JSONValue {
        position += 1
        var members: [JSONObject.Member] = []
        var names = Names()
        guard !take("}") else { return .object(JSONObject()) }
        repeat {
            skipBlanks()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw problem("expected a name in double quotes")
            }
            let start = position
            let name = try string()
            guard names.insert(name, after: members) else {
                throw Problem(message: "the name \"\(name)\" appears twice", offset: start)
            }
            guard take(":") else { throw problem("expected \":\"") }
            members.append(JSONObject.Member(name: name, value: try value(depth: depth + 1)))
        } while take(",")
        guard take("}") else { throw problem("expected \",\" or \"}\"") }
        return .object(JSONObject(members))
    }

    /// The names of one object, which are unique.
    private struct Names {
        /// The names of an object with many members; comparing is faster than hashing for few.
        private var many: Set<[UInt8]> = []
        private static let few = 16

        /// Inserts a name; returns false when a preceding member has it.
        mutating func insert(_ name: String, after members: [JSONObject.Member]) -> Bool {
            guard members.count >= Self.few else { return !members.contains { $0.name.equalsInBytes(name) } }
            if many.isEmpty { for member in members { many.insert(Array(member.name.utf8)) } }
            return many.insert(Array(name.utf8)).inserted
        }
    }

    private mutating func array(depth: Int) throws(Problem) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        guard !take("]") else { return .array([]) }
        repeat { elements.append(try value(depth: depth + 1)) } while take(",")
        guard take("]") else { throw problem("expected \",\" or \"]\"") }
        return .array(elements)
    }

    private mutating func string() throws(Problem) -> String {
        position += 1
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return String(decoding: text, as: UTF8.self)
            }
            guard byte >= 0x20 else { throw problem("a control character must be escaped") }
            if byte == UInt8(ascii: "\\") {
                text += UTF8.encode(try escape()) ?? UTF8.encodedReplacementCharacter
            } else {
                text.append(byte)
                position += 1
            }
        }
        throw problem("expected the closing quote")
    }

    private mutating func escape() throws(Problem) -> Unicode.Scalar {
        guard position + 1 < bytes.count else { throw problem("expected an escape") }
        let simple: Unicode.Scalar? =
            switch Unicode.Scalar(bytes[position + 1]) {
            case "\"": "\""
            case "\\": "\\"
            case "/": "/"
            case "b": "\u{8}"
            case "f": "\u{C}"
            case "n": "\n"
            case "r": "\r"
            case "t": "\t"
            default: nil
            }
        if let scalar = simple {
            position += 2
            return scalar
        }
        let high = try unit()
        if let scalar = Unicode.Scalar(high) { return scalar }
        let low = high < 0xDC00 ? try unit() : 0
        guard (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        else { throw problem("half of a surrogate pair") }
        return scalar
    }

    private mutating func unit() throws(Problem) -> UInt32 {
        guard position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw problem("no such escape") }
        var unit: UInt32 = 0
        for byte in bytes[position + 2..<position + 6] {
            guard let digit = byte.hexDigitValue else { throw problem("no such escape") }
            unit = unit << 4 | UInt32(digit)
        }
        position += 6
        return unit
    }

    private mutating func number() throws(Problem) -> JSONValue {
        let start = position
        let text = String(
            decoding: bytes[position...].prefix { $0.isASCIIDigit || "+-.eE".utf8.contains($0) },
            as: UTF8.self
        )
        let unsigned = text.first == "-" ? text.dropFirst() : text[...]
        let whole = unsigned.prefix { $0.isNumber }
        guard !whole.isEmpty, whole == "0" || whole.first != "0" else { throw problem("expected a value") }
        position += text.utf8.count
        if unsigned == whole {
            guard let number = Int64(text) else {
                throw Problem(message: "the number \(text) does not fit in 64 bits", offset: start)
            }
            return .integer(number)
        }
        let rest = unsigned.dropFirst(whole.count)
        guard rest.first != ".", let number = Double(text) else {
            guard rest.dropFirst().first?.isNumber == true, text.last?.isNumber == true, let number = Double(text)
            else {
                throw Problem(message: "\(text) is not a number", offset: start)
            }
            return try finite(number, text, start)
        }
        return try finite(number, text, start)
    }

    private func finite(_ number: Double, _ text: String, _ start: Int) throws(Problem) -> JSONValue {
        guard number.isFinite else { throw Problem(message: "the number \(text) is too large", offset: start) }
        return .float(number)
    }
}
