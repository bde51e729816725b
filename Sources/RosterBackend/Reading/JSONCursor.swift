import RosterBytes
import RosterJSON

/// A position in a JSON text whose members are expected in a known order.
///
/// A cursor accepts only what ``JSONReader`` accepts and reads it to the same values, but it reports no reason: a caller
/// that gets a ``Mismatch`` reads the text with ``JSONReader``, which does. The text must be UTF-8.
struct JSONCursor: ~Copyable {
    /// The text is not what the caller expected, or it is not valid.
    struct Mismatch: Error {}

    private let bytes: [UInt8]
    private var position = 0

    /// The depth up to which values are read; ``JSONReader`` reads deeper ones, up to its own limit.
    private static let depthLimit = 32
    /// An object with more members is left to ``JSONReader``, which looks for duplicate names by their hashes.
    private static let memberLimit = 16

    /// Creates a cursor at the start of a text.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    // MARK: - Structure

    /// Moves past the end of the text.
    consuming func end() throws(Mismatch) {
        skipBlanks()
        guard position == bytes.count else { throw Mismatch() }
    }

    /// Moves past a character.
    mutating func expect(_ character: Unicode.Scalar) throws(Mismatch) {
        guard take(character) else { throw Mismatch() }
    }

    /// Moves past the name of an object's first member.
    mutating func firstName(_ name: StaticString) throws(Mismatch) {
        try expect("{")
        try memberName(name)
    }

    /// Moves past the name of a member that follows another.
    mutating func name(_ name: StaticString) throws(Mismatch) {
        try expect(",")
        try memberName(name)
    }

    private mutating func memberName(_ name: StaticString) throws(Mismatch) {
        skipBlanks()
        let count = name.utf8CodeUnitCount
        guard position + count + 2 <= bytes.count, bytes[position] == UInt8(ascii: "\""),
            bytes[position + 1 + count] == UInt8(ascii: "\""),
            isEqual(position + 1..<position + 1 + count, name)
        else { throw Mismatch() }
        position += count + 2
        try expect(":")
    }

    /// Reads an array whose elements `element` reads.
    mutating func array<Element>(
        _ element: (inout JSONCursor) throws(Mismatch) -> Element
    ) throws(Mismatch) -> [Element] {
        try expect("[")
        var elements: [Element] = []
        guard !take("]") else { return elements }
        repeat { elements.append(try element(&self)) } while take(",")
        try expect("]")
        return elements
    }

    private mutating func skipBlanks() { position = bytes.endOfJSONBlanks(from: position) }

    private mutating func take(_ character: Unicode.Scalar) -> Bool { bytes.takeJSON(character, at: &position) }

    private mutating func take(word: StaticString) -> Bool {
        skipBlanks()
        let count = word.utf8CodeUnitCount
        guard position + count <= bytes.count, isEqual(position..<position + count, word) else { return false }
        position += count
        return true
    }

    private func isEqual(_ range: Range<Int>, _ word: StaticString) -> Bool {
        unsafe bytes.span.extracting(range).withUnsafeBufferPointer { unsafe word.equals($0) }
    }

    // MARK: - Values

    /// Reads a string.
    mutating func string() throws(Mismatch) -> String {
        let (content, isVerbatim) = try stringContent()
        guard isVerbatim else { return try decoded(content) }
        return unsafe bytes.span.extracting(content).withUnsafeBufferPointer { bytes in
            unsafe String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Reads a string or null.
    mutating func optionalString() throws(Mismatch) -> String? { takeNull() ? nil : try string() }

    /// Reads a string without escapes as a value of another type.
    mutating func parsed<Value>(_ parse: (Span<UInt8>) -> Value?) throws(Mismatch) -> Value {
        let (content, isVerbatim) = try stringContent()
        guard isVerbatim, let value = parse(bytes.span.extracting(content)) else { throw Mismatch() }
        return value
    }

    /// Moves past a null.
    mutating func takeNull() -> Bool { take(word: "null") }

    /// Reads a whole number.
    mutating func integer() throws(Mismatch) -> Int64 {
        guard case .integer(let number) = try value() else { throw Mismatch() }
        return number
    }

    /// Reads any value.
    mutating func value() throws(Mismatch) -> JSONValue { try value(depth: 0) }

    private mutating func value(depth: Int) throws(Mismatch) -> JSONValue {
        skipBlanks()
        guard position < bytes.count, depth < Self.depthLimit else { throw Mismatch() }
        switch bytes[position] {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["):
            return .array(try array { (cursor) throws(Mismatch) in try cursor.value(depth: depth + 1) })
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t") where take(word: "true"): return .boolean(true)
        case UInt8(ascii: "f") where take(word: "false"): return .boolean(false)
        case UInt8(ascii: "n") where take(word: "null"): return .null
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(Mismatch) -> JSONObject {
        try expect("{")
        var object = JSONObject()
        guard !take("}") else { return object }
        repeat {
            skipBlanks()
            let name = try string()
            guard object[name] == nil, object.members.count < Self.memberLimit else { throw Mismatch() }
            try expect(":")
            object.members.append(JSONObject.Member(name: name, value: try value(depth: depth + 1)))
        } while take(",")
        try expect("}")
        return object
    }

    private mutating func number() throws(Mismatch) -> JSONValue {
        if let small = smallInteger() { return .integer(small) }
        let start = position
        while position < bytes.count, bytes[position].isASCIIDigit || "+-.eE".utf8.contains(bytes[position]) {
            position += 1
        }
        do { return try JSONReader.read(utf8: Array(bytes[start..<position])) } catch { throw Mismatch() }
    }

    /// Moves past a whole number of a few digits; nil for any other number.
    private mutating func smallInteger() -> Int64? {
        var number: Int64 = 0
        var end = position
        while end < bytes.count, end - position < 9, bytes[end].isASCIIDigit {
            number = number * 10 + Int64(bytes[end] - UInt8(ascii: "0"))
            end += 1
        }
        guard end > position, end < bytes.count, !bytes[end].isASCIIDigit, !".eE+-".utf8.contains(bytes[end]),
            bytes[position] != UInt8(ascii: "0") || end == position + 1
        else { return nil }
        position = end
        return number
    }

    /// Moves past a string, and returns the range between its quotes and whether it has no escape.
    private mutating func stringContent() throws(Mismatch) -> (content: Range<Int>, isVerbatim: Bool) {
        try expect("\"")
        let start = position
        guard let (end, isVerbatim) = stringEnd(from: start) else { throw Mismatch() }
        position = end + 1
        return (start..<end, isVerbatim)
    }

    /// Returns the offset of a string's closing quote, and whether the string has no escape.
    private func stringEnd(from start: Int) -> (end: Int, isVerbatim: Bool)? {
        let bytes = bytes.span
        var end = start
        var isVerbatim = true
        while end < bytes.count {
            switch bytes[end] {
            case UInt8(ascii: "\""): return (end, isVerbatim)
            case ..<0x20: return nil
            case UInt8(ascii: "\\"):
                isVerbatim = false
                end += 2
            default: end += 1
            }
        }
        return nil
    }

    private func decoded(_ content: Range<Int>) throws(Mismatch) -> String {
        do {
            let quoted = Array(bytes[content.lowerBound - 1..<content.upperBound + 1])
            guard let text = try JSONReader.read(utf8: quoted).string else { throw Mismatch() }
            return text
        } catch { throw Mismatch() }
    }
}
