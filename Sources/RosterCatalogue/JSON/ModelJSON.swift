import RosterBytes

/// A strict pull parser of JSON (RFC 8259) that knows the position of each value.
///
/// Values that the caller does not need are checked and skipped without being stored, so that the memory for a file is
/// that of its bytes and of what is read of it. Values nest at most 64 deep, and the names of an object are unique.
/// A file has at most ``valueLimit`` values.
package struct ModelJSON: ~Copyable {
    private static let depthLimit = 64
    /// Ten times the number in the largest public file of 2026, so that no file takes more than a second to read.
    package static let valueLimit = 1_000_000

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private var names = ObjectNames()
    private var values = 0

    /// Starts at the first value of a file of UTF-8.
    package init(_ bytes: [UInt8]) throws(CatalogueProblem) {
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw CatalogueProblem("the file is not UTF-8", at: error.byteOffsets)
        }
        self.bytes = bytes
    }

    /// The position of the next value: its first byte.
    package mutating func start() -> Int {
        position = bytes.endOfJSONBlanks(from: position)
        return position
    }

    /// The bytes from a position to the value that was read last.
    package func range(from start: Int) -> Range<Int> { start..<max(start, position) }

    private func problem(_ message: String) -> CatalogueProblem {
        CatalogueProblem(message, at: position..<min(position + 1, max(position, bytes.count)))
    }

    /// Returns whether the next value is null, and reads it.
    package mutating func takeNull() -> Bool { take(word: Self.null) }

    /// Returns whether the next value is a text without a character, and reads it.
    package mutating func takeEmptyString() -> Bool {
        let start = start()
        guard start + 1 < bytes.count, bytes[start] == UInt8(ascii: "\""), bytes[start + 1] == UInt8(ascii: "\"") else {
            return false
        }
        position = start + 2
        return true
    }

    /// Checks that no value follows.
    package mutating func finish() throws(CatalogueProblem) {
        guard start() == bytes.count else { throw problem("expected the end of the file") }
    }

    /// The first byte of the next value; nil at the end.
    package mutating func peek() -> UInt8? { start() < bytes.count ? bytes[position] : nil }

    // MARK: - Objects and lists

    /// Reads an object, and calls `body` for each name, which reads or skips the value.
    package mutating func forEachMember(
        of what: String,
        _ body: (_ json: inout ModelJSON, _ name: String, _ place: Range<Int>) throws(CatalogueProblem) -> Void
    ) throws(CatalogueProblem) {
        try forEachName(of: what) { (json, content, place) throws(CatalogueProblem) in
            try body(&json, json.text(of: content), place)
        }
    }

    /// Reads an object, and calls `body` for each name, of which no text is made.
    private mutating func forEachName(
        of what: String,
        _ body: (_ json: inout ModelJSON, _ name: Content, _ place: Range<Int>) throws(CatalogueProblem) -> Void
    ) throws(CatalogueProblem) {
        guard bytes.takeJSON("{", at: &position) else { throw problem("\(what) is not an object") }
        try enter()
        names.open()
        if !bytes.takeJSON("}", at: &position) {
            repeat {
                let start = start()
                let content = try stringBytes("a name")
                let place = range(from: start)
                guard try isNew(content) else {
                    throw CatalogueProblem("the name \"\(Self.shown(try text(of: content)))\" appears twice", at: place)
                }
                guard bytes.takeJSON(":", at: &position) else { throw problem("expected \":\"") }
                try countValue()
                try body(&self, content, place)
            } while bytes.takeJSON(",", at: &position)
            guard bytes.takeJSON("}", at: &position) else { throw problem("expected \",\" or \"}\"") }
        }
        names.close()
        depth -= 1
    }

    /// Returns whether a name is new in its object, and notes it.
    private mutating func isNew(_ name: Content) throws(CatalogueProblem) -> Bool {
        guard name.hasEscapes else { return names.insert(bytes[name.range]) }
        return names.insert(Array(try text(of: name).utf8)[...])
    }

    /// Reads a list, and calls `body` for each element, which reads or skips it.
    package mutating func forEachElement(
        of what: String,
        _ body: (_ json: inout ModelJSON) throws(CatalogueProblem) -> Void
    ) throws(CatalogueProblem) {
        guard bytes.takeJSON("[", at: &position) else { throw problem("\(what) is not a list") }
        try enter()
        if !bytes.takeJSON("]", at: &position) {
            repeat {
                try countValue()
                try body(&self)
            } while bytes.takeJSON(",", at: &position)
            guard bytes.takeJSON("]", at: &position) else { throw problem("expected \",\" or \"]\"") }
        }
        depth -= 1
    }

    private mutating func countValue() throws(CatalogueProblem) {
        values += 1
        guard values <= Self.valueLimit else { throw problem("the file has more than \(Self.valueLimit) values") }
    }

    private mutating func enter() throws(CatalogueProblem) {
        depth += 1
        guard depth <= Self.depthLimit else { throw problem("values are nested more than \(Self.depthLimit) deep") }
    }

    // MARK: - Single values

    /// Reads a text.
    package mutating func string(_ what: String) throws(CatalogueProblem) -> String {
        try text(of: stringBytes(what))
    }

    /// The bytes of a text between its quotes.
    private struct Content {
        var range: Range<Int>
        var hasEscapes: Bool
    }

    private func text(of content: Content) throws(CatalogueProblem) -> String {
        guard content.hasEscapes else { return String(decoding: bytes[content.range], as: UTF8.self) }
        var text: [UInt8] = []
        var offset = content.range.lowerBound
        while offset < content.range.upperBound {
            if bytes[offset] == UInt8(ascii: "\\") {
                text += UTF8.encode(try scalar(at: &offset)) ?? UTF8.encodedReplacementCharacter
            } else {
                text.append(bytes[offset])
                offset += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Finds the end of a text, and checks its escapes' form.
    private mutating func stringBytes(_ what: String) throws(CatalogueProblem) -> Content {
        guard bytes.takeJSON("\"", at: &position) else { throw problem("\(what) is not a text in double quotes") }
        let start = position
        var hasEscapes = false
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return Content(range: start..<position - 1, hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                position += 2
            case 0..<0x20: throw problem("a control character must be escaped")
            default: position += 1
            }
        }
        position = min(position, bytes.count)
        throw problem("expected the closing quote")
    }

    /// Reads an escape at an offset, and moves the offset after it.
    private func scalar(at offset: inout Int) throws(CatalogueProblem) -> Unicode.Scalar {
        let start = offset
        let simple: Unicode.Scalar? =
            switch Unicode.Scalar(bytes[offset + 1]) {
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
        if let simple {
            offset += 2
            return simple
        }
        guard let high = unit(at: &offset) else {
            throw CatalogueProblem("it is not an escape of JSON", at: start..<start + 2)
        }
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, let low = unit(at: &offset), (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        else { throw CatalogueProblem("half of a surrogate pair", at: start..<start + 2) }
        return scalar
    }

    private func unit(at offset: inout Int) -> UInt32? {
        guard offset + 6 <= bytes.count, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt32 = 0
        for byte in bytes[offset + 2..<offset + 6] {
            guard let digit = byte.hexDigitValue else { return nil }
            unit = unit << 4 | UInt32(digit)
        }
        offset += 6
        return unit
    }

    /// Reads a number as it is written.
    package mutating func number(_ what: String) throws(CatalogueProblem) -> JSONNumber {
        let start = start()
        while position < bytes.count, bytes[position].isASCIIDigit || Self.isNumberMark(bytes[position]) {
            position += 1
        }
        guard let number = JSONNumber(bytes[start..<position]) else {
            throw CatalogueProblem("\(what) is not a number", at: start..<max(position, min(start + 1, bytes.count)))
        }
        return number
    }

    private static func isNumberMark(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "+", "-", ".", "e", "E": true
        default: false
        }
    }

    /// Checks and skips a value of any kind.
    package mutating func skip() throws(CatalogueProblem) {
        switch peek() {
        case UInt8(ascii: "{"):
            try forEachSkippedMember()
        case UInt8(ascii: "["):
            try forEachElement(of: "the value") { (json) throws(CatalogueProblem) in try json.skip() }
        case UInt8(ascii: "\""):
            let content = try stringBytes("the value")
            if content.hasEscapes { _ = try text(of: content) }
        default:
            guard !takeNull(), !take(word: Self.yes), !take(word: Self.no) else { return }
            _ = try number("the value")
        }
    }

    private mutating func forEachSkippedMember() throws(CatalogueProblem) {
        try forEachName(of: "the value") { (json, _, _) throws(CatalogueProblem) in try json.skip() }
    }

    private static let null = Array("null".utf8)
    private static let yes = Array("true".utf8)
    private static let no = Array("false".utf8)

    private mutating func take(word: [UInt8]) -> Bool {
        let start = start()
        guard bytes.count - start >= word.count else { return false }
        for offset in word.indices where bytes[start + offset] != word[offset] { return false }
        position = start + word.count
        return true
    }

    /// A text as messages quote it: without control characters, and cut.
    package static func shown(_ text: String) -> String {
        let short = text.unicodeScalars.prefix(80).map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
        return String(String.UnicodeScalarView(short)) + (text.unicodeScalars.count > 80 ? "…" : "")
    }
}
