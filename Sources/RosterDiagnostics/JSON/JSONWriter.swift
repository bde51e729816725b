/// Writes JSON as bytes, member by member, in the order of the calls.
///
/// It writes what the registry's format asks for: `/` and characters outside ASCII as they are.
public struct JSONWriter: Sendable {
    /// How a document is laid out.
    public enum Layout: Sendable {
        /// On one line, without spaces.
        case compact
        /// A member a line, indented by two spaces.
        case pretty
    }

    /// What was written so far.
    public private(set) var bytes: [UInt8] = []
    private let layout: Layout
    private let isEscapingInvisible: Bool
    private var depth = 0
    private var isEmpty = true

    /// Starts a document.
    ///
    /// `capacity` bytes are set aside. `escapingInvisible` writes characters that cannot be seen or move text as `\uXXXX`,
    /// for a document that people look at too.
    public init(_ layout: Layout, capacity: Int = 0, escapingInvisible: Bool = false) {
        self.layout = layout
        isEscapingInvisible = escapingInvisible
        bytes.reserveCapacity(capacity)
    }

    /// Goes on inside an array of another document, to write some of its elements.
    ///
    /// `depth` is how many objects and arrays are around an element; with `isFirst` the array has none yet.
    package init(elementsOf layout: Layout, depth: Int, isFirst: Bool, capacity: Int) {
        self.init(layout, capacity: capacity)
        self.depth = depth
        isEmpty = isFirst
    }

    /// Goes on as if nothing had been written yet, with the room that there is.
    package mutating func restart() {
        bytes.removeAll(keepingCapacity: true)
        isEmpty = true
    }

    /// Writes an object whose members `body` writes.
    public mutating func object(_ body: (inout JSONWriter) -> Void) { nest("{", "}", body) }

    /// Writes an array whose elements `body` writes, each after a call of ``element()``.
    public mutating func array(_ body: (inout JSONWriter) -> Void) { nest("[", "]", body) }

    /// Writes a member's name that comes from a file; its value follows.
    public mutating func name(escaping name: String) {
        guard !isEscapingInvisible else {
            element()
            string(name)
            return colon()
        }
        unsafe name.utf8.span.withUnsafeBufferPointer { unsafe self.name(utf8: $0) }
    }

    /// Writes a member's name from its UTF-8; its value follows.
    @unsafe
    package mutating func name(utf8 name: UnsafeBufferPointer<UInt8>) {
        guard unsafe Self.isPlain(name) else {
            element()
            unsafe quote(name)
            return colon()
        }
        unsafe append(name: name)
    }

    /// Writes a member's name that needs no escape; its value follows.
    public mutating func name(_ name: StaticString) {
        unsafe append(name: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    /// In one piece: a document has more names than anything else.
    private mutating func append(name: UnsafeBufferPointer<UInt8>) {
        let separator = unsafe separator
        let (spaces, isPretty) = (furtherSpaces, layout == .pretty)
        isEmpty = false
        bytes.append(addingCapacity: separator.count + spaces + name.count + 4) { output in
            unsafe output.append(separator)
            for _ in 0..<spaces { output.append(UInt8(ascii: " ")) }
            output.append(UInt8(ascii: "\""))
            unsafe output.append(name)
            output.append(UInt8(ascii: "\""))
            output.append(UInt8(ascii: ":"))
            if isPretty { output.append(UInt8(ascii: " ")) }
        }
    }

    private mutating func append(_ text: StaticString) {
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Starts an array's element; its value follows.
    public mutating func element() {
        unsafe bytes.append(contentsOf: separator)
        for _ in 0..<furtherSpaces { bytes.append(UInt8(ascii: " ")) }
        isEmpty = false
    }

    /// What stands in front of an element: a comma, the line's end and the indentation, but for ``furtherSpaces``.
    private var separator: UnsafeBufferPointer<UInt8> {
        let start = isEmpty ? 1 : 0
        let length = layout == .pretty ? 2 + 2 * min(depth, Self.deepest) : 1
        return unsafe UnsafeBufferPointer(start: Self.commaAndLine.utf8Start + start, count: length - start)
    }

    /// The spaces of what is nested deeper than ``commaAndLine`` has them for.
    private var furtherSpaces: Int { layout == .pretty ? 2 * max(0, depth - Self.deepest) : 0 }

    private static let deepest = 20
    private static var commaAndLine: StaticString { ",\n                                        " }

    /// Writes a text.
    public mutating func string(_ text: String) {
        if isEscapingInvisible, text.unicodeScalars.contains(where: Self.isInvisible) {
            bytes.append(UInt8(ascii: "\""))
            escapeInvisible(text)
            bytes.append(UInt8(ascii: "\""))
        } else {
            unsafe text.utf8.span.withUnsafeBufferPointer { unsafe quote($0) }
        }
    }

    /// Writes a text from its UTF-8.
    @unsafe
    package mutating func string(utf8 text: UnsafeBufferPointer<UInt8>) { unsafe quote(text) }

    /// Writes a text, or null.
    public mutating func string(_ text: String?) {
        if let text { string(text) } else { null() }
    }

    /// Writes an array of texts.
    public mutating func strings(_ texts: [String]) {
        array { json in
            for text in texts {
                json.element()
                json.string(text)
            }
        }
    }

    /// Writes a text that needs no escape, of so many bytes at most, by appending them.
    package mutating func verbatim(atMost count: Int, _ append: (inout OutputSpan<UInt8>) -> Void) {
        bytes.append(addingCapacity: count + 2) { output in
            output.append(UInt8(ascii: "\""))
            append(&output)
            output.append(UInt8(ascii: "\""))
        }
    }

    /// Writes a value once more that stands at some place in ``bytes``.
    package mutating func again(_ value: Range<Int>) {
        // A slice of the bytes would have all of them copied.
        for offset in value { bytes.append(bytes[offset]) }
    }

    /// Writes a value that is encoded already.
    public mutating func encoded(_ json: some Sequence<UInt8>) { bytes.append(contentsOf: json) }

    /// Writes a whole number in decimal.
    public mutating func integer(_ number: Int64) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = number.magnitude
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
            rest = quotient
        } while rest > 0
        var (one, other) = (start, bytes.count - 1)
        while one < other {
            bytes.swapAt(one, other)
            (one, other) = (one + 1, other - 1)
        }
    }

    /// Writes a whole number in decimal.
    public mutating func integer(_ number: Int) { integer(Int64(number)) }

    /// Writes a whole number, or null.
    public mutating func integer(_ number: Int?) {
        if let number { integer(number) } else { null() }
    }

    /// Writes a finite number: the shortest form that reads back, with a point or an exponent.
    public mutating func float(_ number: Double) { bytes.append(contentsOf: number.description.utf8) }

    /// Writes `true` or `false`.
    public mutating func boolean(_ value: Bool) { append(value ? "true" : "false") }

    /// Writes `null`.
    public mutating func null() { append("null") }

    /// Ends the document's line.
    public mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

    /// The document as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    private mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
        guard unsafe Self.isPlain(text) else {
            bytes.append(UInt8(ascii: "\""))
            unsafe escape(text)
            return bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(addingCapacity: text.count + 2) { output in
            output.append(UInt8(ascii: "\""))
            unsafe output.append(text)
            output.append(UInt8(ascii: "\""))
        }
    }

    private mutating func colon() {
        bytes.append(UInt8(ascii: ":"))
        if layout == .pretty { bytes.append(UInt8(ascii: " ")) }
    }

    private mutating func nest(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: open))
        let wasEmpty = isEmpty
        isEmpty = true
        depth += 1
        body(&self)
        depth -= 1
        if !isEmpty { newLine() }
        isEmpty = wasEmpty
        bytes.append(UInt8(ascii: close))
    }

    private mutating func newLine() {
        guard layout == .pretty else { return }
        let wasEmpty = isEmpty
        isEmpty = true
        element()
        isEmpty = wasEmpty
    }

    /// What JSON itself would let stand.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x7F && PrintableText.isUnprintable(scalar)
    }

    private mutating func escapeInvisible(_ text: String) {
        for scalar in text.unicodeScalars {
            if Self.isInvisible(scalar) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    bytes.append(contentsOf: "\\u".utf8)
                    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
                    bytes.append(contentsOf: digits.utf8)
                }
            } else {
                var text = String(scalar)
                text.withUTF8 { unsafe escape($0) }
            }
        }
    }

    /// Whether nothing in a text needs an escape.
    private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(text)
        guard raw.count >= 8 else { return unsafe firstEscape(in: text, from: 0) == text.count }
        var offset = 0
        while offset + 8 < raw.count {
            if unsafe mayNeedEscape(raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) { break }
            offset += 8
        }
        // The last eight bytes, some of which were looked at before.
        if offset + 8 >= raw.count,
            unsafe !mayNeedEscape(raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self))
        {
            return true
        }
        return unsafe firstEscape(in: text, from: offset) == text.count
    }

    /// Whether there is a byte among eight that needs an escape; a borrow can make it one too many, never too few.
    @inline(__always)
    private static func mayNeedEscape(_ word: UInt64) -> Bool {
        let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        func hasZero(_ word: UInt64) -> Bool { (word &- ones) & ~word & tops != 0 }
        let isControl = (word &- ones &* 0x20) & ~word & tops != 0
        return isControl || hasZero(word ^ ones &* 0x22) || hasZero(word ^ ones &* 0x5C)
    }

    /// Where the next control character, quotation mark or backslash stands; the text's end when there is none.
    private static func firstEscape(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(text)
        var offset = start
        // Eight bytes at a time; the byte by byte look below settles it.
        while offset + 8 <= raw.count {
            if unsafe mayNeedEscape(raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) { break }
            offset += 8
        }
        while offset < raw.count {
            let byte = unsafe raw[offset]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return offset }
            offset += 1
        }
        return offset
    }

    private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
        var written = 0
        var offset = unsafe Self.firstEscape(in: text, from: 0)
        while offset < text.count {
            defer { offset = unsafe Self.firstEscape(in: text, from: offset + 1) }
            let byte = unsafe text[offset]
            unsafe bytes.append(contentsOf: text[written..<offset])
            written = offset + 1
            switch byte {
            case 0x08: bytes.append(contentsOf: "\\b".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0C: bytes.append(contentsOf: "\\f".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            default:
                bytes.append(contentsOf: byte < 0x10 ? "\\u000".utf8 : "\\u00".utf8)
                bytes.append(contentsOf: String(byte, radix: 16).utf8)
            }
        }
        unsafe bytes.append(contentsOf: text[written...])
    }
}

extension OutputSpan<UInt8> {
    /// Appends a text's bytes, but for so many at its end; there must be room for them.
    package mutating func append(_ text: String, withoutLast left: Int = 0) {
        unsafe text.utf8.span.withUnsafeBufferPointer { bytes in
            unsafe append(UnsafeBufferPointer(rebasing: bytes.dropLast(left)))
        }
    }

    /// Appends bytes that there is capacity for.
    @unsafe @inline(__always)
    fileprivate mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        unsafe withUnsafeMutableBufferPointer { buffer, count in
            guard let source = bytes.baseAddress, let target = buffer.baseAddress else { return }
            precondition(bytes.count <= buffer.count - count)
            unsafe (target + count).update(from: source, count: bytes.count)
            count += bytes.count
        }
    }
}
