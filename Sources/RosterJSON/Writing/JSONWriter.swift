import RosterBytes

/// Writes JSON as bytes, member by member, in the order of the calls.
///
/// Following the registry's format, it does not escape `/` and characters outside ASCII.
public struct JSONWriter: ~Copyable {
    /// The layout of a document.
    public enum Layout: Sendable {
        /// On one line, without spaces.
        case compact
        /// One member on each line, indented by two spaces.
        case pretty
    }

    private var output: ByteOutput
    private let layout: Layout
    private let isEscapingInvisible: Bool
    private var depth: Int
    private var isEmpty = true
    /// The separator before an element: a number of bytes of ``commaAndLine``, then spaces.
    private var separator: (length: Int, spaces: Int)

    /// Starts a document.
    ///
    /// `capacity` is the number of bytes to reserve. With `escapingInvisible`, characters that are invisible or move
    /// text are written as `\u` and four hex digits, for a document that people read too.
    public init(_ layout: Layout, capacity: Int = 0, escapingInvisible: Bool = false) {
        self.layout = layout
        isEscapingInvisible = escapingInvisible
        output = ByteOutput(capacity: capacity)
        depth = 0
        separator = Self.separator(at: 0, layout)
    }

    /// Creates a writer of elements for an array of another document.
    ///
    /// `depth` is the number of objects and arrays around an element. With `isFirst`, the array is still empty.
    package init(elementsOf layout: Layout, depth: Int, isFirst: Bool, capacity: Int) {
        self.init(layout, capacity: capacity)
        self.depth = depth
        separator = Self.separator(at: depth, layout)
        isEmpty = isFirst
    }

    /// A copy of the document so far.
    public var bytes: [UInt8] { output.bytes }

    /// The number of bytes in the document so far.
    package var count: Int { output.count }

    /// Removes the document and keeps the capacity.
    package mutating func restart() {
        output.removeAll()
        isEmpty = true
    }

    /// Writes an object whose members `body` writes.
    public mutating func object(_ body: (inout JSONWriter) -> Void) { nest("{", "}", body) }

    /// Writes an array whose elements `body` writes, each after a call of ``element()``.
    public mutating func array(_ body: (inout JSONWriter) -> Void) { nest("[", "]", body) }

    /// Writes an array with an element for each value of a sequence, which `write` writes.
    @inlinable public mutating func array<Element>(
        of elements: some Sequence<Element>,
        _ write: (Element, inout JSONWriter) -> Void
    ) {
        array { json in
            for element in elements {
                json.element()
                write(element, &json)
            }
        }
    }

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

    /// Appends separator, name and colon in one call, since names are the most frequent part of a document.
    private mutating func append(name: UnsafeBufferPointer<UInt8>) {
        let (separator, isFirst, isPretty) = (separator, isEmpty, layout == .pretty)
        isEmpty = false
        output.append(atMost: separator.length + separator.spaces + name.count + 4) { output in
            Self.append(separator, isFirst: isFirst, to: &output)
            output.append(UInt8(ascii: "\""))
            unsafe output.append(name)
            output.append(UInt8(ascii: "\""))
            output.append(UInt8(ascii: ":"))
            if isPretty { output.append(UInt8(ascii: " ")) }
        }
    }

    /// Starts an array's element; its value follows.
    public mutating func element() {
        let (separator, isFirst) = (separator, isEmpty)
        isEmpty = false
        output.append(atMost: separator.length + separator.spaces) { output in
            Self.append(separator, isFirst: isFirst, to: &output)
        }
    }

    @inline(__always)
    private static func append(
        _ separator: (length: Int, spaces: Int),
        isFirst: Bool,
        to output: inout OutputSpan<UInt8>
    ) {
        let skipped = isFirst ? 1 : 0
        unsafe output.append(
            UnsafeBufferPointer(start: commaAndLine.utf8Start + skipped, count: separator.length - skipped)
        )
        if separator.spaces > 0 { output.append(repeating: UInt8(ascii: " "), count: separator.spaces) }
    }

    private static func separator(at depth: Int, _ layout: Layout) -> (length: Int, spaces: Int) {
        guard layout == .pretty else { return (length: 1, spaces: 0) }
        let near = min(depth, (commaAndLine.utf8CodeUnitCount - 2) / 2)
        return (length: 2 + 2 * near, spaces: 2 * (depth - near))
    }

    private static var commaAndLine: StaticString { ",\n                                        " }

    /// Writes a text.
    public mutating func string(_ text: String) {
        if isEscapingInvisible, text.unicodeScalars.contains(where: Self.isInvisible) {
            output.append(UInt8(ascii: "\""))
            escapeInvisible(text)
            output.append(UInt8(ascii: "\""))
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
        array(of: texts) { text, json in json.string(text) }
    }

    /// Writes a text that needs no escape, of at most `count` bytes, which a closure appends.
    package mutating func verbatim(atMost count: Int, _ append: (inout OutputSpan<UInt8>) -> Void) {
        output.append(atMost: count + 2) { output in
            output.append(UInt8(ascii: "\""))
            append(&output)
            output.append(UInt8(ascii: "\""))
        }
    }

    /// Writes a copy of the value at a range of ``bytes``.
    package mutating func again(_ value: Range<Int>) { output.append(again: value) }

    /// Writes a value that is already encoded.
    public mutating func encoded(_ json: [UInt8]) {
        unsafe json.withUnsafeBufferPointer { unsafe output.append($0) }
    }

    /// Writes a value that is already encoded, from any sequence.
    public mutating func encoded(_ json: some Sequence<UInt8>) {
        // NIO's buffers have contiguous storage.
        let isDone: Void? = json.withContiguousStorageIfAvailable { unsafe output.append($0) }
        if isDone == nil { for byte in json { output.append(byte) } }
    }

    /// Writes a whole number in decimal.
    public mutating func integer(_ number: Int64) {
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var first = digits.count
        var rest = number.magnitude
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            first -= 1
            digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            rest = quotient
        } while rest > 0
        output.append(atMost: digits.count + 1) { output in
            if number < 0 { output.append(UInt8(ascii: "-")) }
            for position in first..<digits.count { output.append(digits[position]) }
        }
    }

    /// Writes a whole number in decimal.
    public mutating func integer(_ number: Int) { integer(Int64(number)) }

    /// Writes a whole number, or null.
    public mutating func integer(_ number: Int?) {
        if let number { integer(number) } else { null() }
    }

    /// Writes a finite number: the shortest form that reads back, with a point or an exponent.
    public mutating func float(_ number: Double) { append(number.description) }

    /// Writes `true` or `false`.
    public mutating func boolean(_ value: Bool) { output.append(value ? "true" : "false") }

    /// Writes `null`.
    public mutating func null() { output.append("null") }

    /// Ends the document's line.
    public mutating func endLine() { output.append(UInt8(ascii: "\n")) }

    /// A copy of the document so far as text.
    public var text: String { output.text }

    private mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
        guard unsafe Self.isPlain(text) else {
            output.append(UInt8(ascii: "\""))
            unsafe escape(text)
            return output.append(UInt8(ascii: "\""))
        }
        output.append(atMost: text.count + 2) { output in
            output.append(UInt8(ascii: "\""))
            unsafe output.append(text)
            output.append(UInt8(ascii: "\""))
        }
    }

    /// Appends a text as it is.
    private mutating func append(_ text: String) {
        unsafe text.utf8.span.withUnsafeBufferPointer { unsafe output.append($0) }
    }

    private mutating func colon() {
        output.append(UInt8(ascii: ":"))
        if layout == .pretty { output.append(UInt8(ascii: " ")) }
    }

    private mutating func nest(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void) {
        output.append(UInt8(ascii: open))
        let (outside, wasEmpty) = (separator, isEmpty)
        depth += 1
        separator = Self.separator(at: depth, layout)
        isEmpty = true
        body(&self)
        depth -= 1
        separator = outside
        if !isEmpty, layout == .pretty {
            isEmpty = true
            element()
        }
        isEmpty = wasEmpty
        output.append(UInt8(ascii: close))
    }

    /// Returns a Boolean value that indicates whether a character is invisible although JSON allows it.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x7F && PrintableText.isUnprintable(scalar)
    }

    private mutating func escapeInvisible(_ text: String) {
        for scalar in text.unicodeScalars {
            if Self.isInvisible(scalar) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    output.append("\\u")
                    for _ in digits.utf8.count..<4 { output.append(UInt8(ascii: "0")) }
                    append(digits)
                }
            } else {
                var text = String(scalar)
                text.withUTF8 { unsafe escape($0) }
            }
        }
    }

    /// Returns a Boolean value that indicates whether no byte of a text needs an escape.
    private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(text)
        let isPlain: Bool
        switch raw.count {
        case 8...:
            var offset = 0
            while offset + 8 < raw.count {
                if unsafe mayNeedEscape(raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) { break }
                offset += 8
            }
            // The last eight bytes overlap the preceding ones.
            isPlain =
                unsafe offset + 8 >= raw.count
                && !mayNeedEscape(raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self))
        case 4..<8:
            let (first, last) = unsafe (
                raw.loadUnaligned(as: UInt32.self),
                raw.loadUnaligned(fromByteOffset: raw.count - 4, as: UInt32.self)
            )
            isPlain = !mayNeedEscape(UInt64(first) << 32 | UInt64(last))
        default:
            isPlain = false
        }
        return unsafe isPlain || firstEscape(in: text, from: 0) == text.count
    }

    /// Returns false only when none of eight bytes needs an escape; a borrow can cause a false positive.
    @inline(__always)
    private static func mayNeedEscape(_ word: UInt64) -> Bool {
        let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        func hasZero(_ word: UInt64) -> Bool { (word &- ones) & ~word & tops != 0 }
        let isControl = (word &- ones &* 0x20) & ~word & tops != 0
        return isControl || hasZero(word ^ ones &* 0x22) || hasZero(word ^ ones &* 0x5C)
    }

    /// Returns the offset of the next control character, quotation mark or backslash, or the end of the text.
    private static func firstEscape(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(text)
        var offset = start
        // Eight bytes at a time; the loop over single bytes decides.
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
            unsafe output.append(UnsafeBufferPointer(rebasing: text[written..<offset]))
            written = offset + 1
            switch byte {
            case 0x08: output.append("\\b")
            case 0x09: output.append("\\t")
            case 0x0A: output.append("\\n")
            case 0x0C: output.append("\\f")
            case 0x0D: output.append("\\r")
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            default:
                output.append(byte < 0x10 ? "\\u000" : "\\u00")
                append(String(byte, radix: 16))
            }
        }
        unsafe output.append(UnsafeBufferPointer(rebasing: text[written...]))
    }
}
