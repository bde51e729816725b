import RosterBytes
import RosterModel

/// Bytes of a value while it is examined.
///
/// They stay in secret memory. A text must not leave the closure that lends the bytes, and is never printed.
@safe
struct SecretText {
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = unsafe bytes }

    var count: Int { unsafe bytes.count }
    var isEmpty: Bool { unsafe bytes.isEmpty }
    var first: UInt8? { unsafe bytes.first }
    var last: UInt8? { unsafe bytes.last }

    subscript(offset: Int) -> UInt8 { unsafe bytes[offset] }

    subscript(range: Range<Int>) -> SecretText { unsafe SecretText(UnsafeRawBufferPointer(rebasing: bytes[range])) }

    func dropFirst(_ count: Int) -> SecretText { self[min(count, self.count)..<self.count] }

    func dropLast(_ count: Int) -> SecretText { self[0..<max(0, self.count - count)] }

    /// The text without blanks and line ends around it.
    var trimmed: SecretText {
        var (start, end) = (0, count)
        while start < end, Self.isBlank(self[start]) { start += 1 }
        while end > start, Self.isBlank(self[end - 1]) { end -= 1 }
        return self[start..<end]
    }

    func hasPrefix(_ text: String, ignoringCase: Bool = false) -> Bool {
        count >= text.utf8.count && self[0..<text.utf8.count].equals(text, ignoringCase: ignoringCase)
    }

    func hasSuffix(_ text: String, ignoringCase: Bool = false) -> Bool {
        count >= text.utf8.count && self[count - text.utf8.count..<count].equals(text, ignoringCase: ignoringCase)
    }

    func equals(_ text: String, ignoringCase: Bool = false) -> Bool {
        guard count == text.utf8.count else { return false }
        return unsafe zip(bytes, text.utf8).allSatisfy { own, other in
            ignoringCase ? own.asciiLowercased == other.asciiLowercased : own == other
        }
    }

    /// The offset of the first place where a text begins.
    func firstRange(of text: String) -> Range<Int>? {
        let length = text.utf8.count
        guard length > 0, count >= length else { return nil }
        return (0...(count - length)).first { self[$0..<$0 + length].equals(text) }.map { $0..<$0 + length }
    }

    /// The number of bytes at the start that satisfy a condition.
    func prefixLength(while condition: (UInt8) -> Bool) -> Int {
        unsafe bytes.firstIndex { !condition($0) } ?? count
    }

    func allSatisfy(_ condition: (UInt8) -> Bool) -> Bool { unsafe bytes.allSatisfy(condition) }

    func contains(where condition: (UInt8) -> Bool) -> Bool { unsafe bytes.contains(where: condition) }

    /// The kind of key that the whole text has the shape of.
    var shape: KeyShape? {
        let matches = unsafe KeyShapeScanner.matches(in: bytes.bindMemory(to: UInt8.self))
        return matches.first { $0.range == 0..<count }?.shape
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    /// A byte of an identifier in most languages.
    static func isNameByte(_ byte: UInt8) -> Bool { byte.isASCIILetterOrDigit || byte == UInt8(ascii: "_") }

    /// A byte that keys are made of: letters, digits and a few signs.
    static func isKeyByte(_ byte: UInt8) -> Bool { byte.isASCIILetterOrDigit || "_-.+/=:~".utf8.contains(byte) }
}
