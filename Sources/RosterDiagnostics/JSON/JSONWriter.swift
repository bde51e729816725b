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

    /// Writes an object whose members `body` writes.
    public mutating func object(_ body: (inout JSONWriter) -> Void) { nest("{", "}", body) }

    /// Writes an array whose elements `body` writes, each after a call of ``element()``.
    public mutating func array(_ body: (inout JSONWriter) -> Void) { nest("[", "]", body) }

    /// Writes a member's name; its value follows.
    public mutating func name(_ name: String) {
        element()
        string(name)
        colon()
    }

    /// Writes a member's name that needs no escape; its value follows.
    public mutating func name(_ name: StaticString) {
        element()
        bytes.append(UInt8(ascii: "\""))
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        colon()
    }

    /// Starts an array's element; its value follows.
    public mutating func element() {
        if !isEmpty { bytes.append(UInt8(ascii: ",")) }
        isEmpty = false
        newLine()
    }

    /// Writes a text.
    public mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        if isEscapingInvisible, text.unicodeScalars.contains(where: Self.isInvisible) {
            escapeInvisible(text)
        } else {
            text.withUTF8 { unsafe escape($0) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

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

    /// Writes a text that needs no escape, by appending its bytes.
    public mutating func verbatim(_ append: (inout [UInt8]) -> Void) {
        bytes.append(UInt8(ascii: "\""))
        append(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a whole number in decimal.
    public mutating func integer(_ number: some BinaryInteger) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = number.magnitude
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
            rest = quotient
        } while rest > 0
        bytes[start...].reverse()
    }

    /// Writes a whole number, or null.
    public mutating func integer(_ number: Int?) {
        if let number { integer(number) } else { null() }
    }

    /// Writes a finite number: the shortest form that reads back, with a point or an exponent.
    public mutating func float(_ number: Double) { bytes.append(contentsOf: number.description.utf8) }

    /// Writes `true` or `false`.
    public mutating func boolean(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }

    /// Writes `null`.
    public mutating func null() { bytes.append(contentsOf: "null".utf8) }

    /// Ends the document's line.
    public mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

    /// The document as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

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
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<depth {
            bytes.append(UInt8(ascii: " "))
            bytes.append(UInt8(ascii: " "))
        }
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

    private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
        var written = 0
        for offset in text.indices {
            let byte = unsafe text[offset]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
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
