import RosterBytes
import SealedBoxes

/// A JSON object of texts, read from secret memory into secret memory.
///
/// It accepts a subset of JSON: no nesting, and only strings as values.
struct SecretMembers: ~Copyable {
    enum Problem: Error {
        case notAnObject, notText, twice, tooMany, noMemory
    }

    private let scratch: SecretBytes
    private let members: [(name: Range<Int>, value: Range<Int>)]

    private static let limit = 8

    /// Parses an object, which must end with the bytes.
    init(_ json: UnsafeRawBufferPointer) throws(Problem) {
        // A decoded escape is never longer than the escape.
        var memory: SecretBytes
        do { memory = try SecretBytes(zeroes: json.count) } catch { throw .noMemory }
        var found: [(name: Range<Int>, value: Range<Int>)] = []
        try unsafe memory.withMutableBytes { (buffer) throws(Problem) in
            var reader = unsafe Reader(json: json, output: buffer)
            guard reader.take("{") else { throw .notAnObject }
            if !reader.take("}") {
                repeat {
                    guard found.count < Self.limit else { throw .tooMany }
                    guard let name = reader.string(), reader.take(":") else { throw .notAnObject }
                    guard let value = reader.string() else { throw .notText }
                    for member in found
                    where unsafe buffer[member.name].elementsEqual(buffer[name]) { throw .twice }
                    found.append((name, value))
                } while reader.take(",")
                guard reader.take("}") else { throw .notAnObject }
            }
            guard reader.isAtEnd else { throw .notAnObject }
        }
        scratch = memory
        members = found
    }

    /// Returns true when the object has a member of this name.
    func has(_ name: StaticString) -> Bool { position(of: name) != nil }

    /// Returns true when every member has one of these names.
    func hasOnly(_ names: [StaticString]) -> Bool {
        var known = 0
        for name in names where position(of: name) != nil { known += 1 }
        return known == members.count
    }

    /// Calls a closure with the value of an existing member.
    func withValue<Result: ~Copyable, Failure: Error>(
        of name: StaticString,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let range = position(of: name).map { members[$0].value } ?? 0..<0
        return try unsafe scratch.withBytes { (bytes) throws(Failure) in
            try unsafe body(UnsafeRawBufferPointer(rebasing: bytes[range]))
        }
    }

    private func position(of name: StaticString) -> Int? {
        unsafe scratch.withBytes { bytes in
            members.firstIndex { member in
                unsafe bytes[member.name].elementsEqual(
                    UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
                )
            }
        }
    }

    @safe
    private struct Reader {
        private let json: UnsafeRawBufferPointer
        private let output: UnsafeMutableRawBufferPointer
        private var position = 0
        private var written = 0

        init(json: UnsafeRawBufferPointer, output: UnsafeMutableRawBufferPointer) {
            unsafe self.json = unsafe json
            unsafe self.output = unsafe output
        }

        var isAtEnd: Bool {
            mutating get {
                skipBlanks()
                return unsafe position == json.count
            }
        }

        private mutating func skipBlanks() {
            while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
        }

        private func peek() -> UInt8? { unsafe position < json.count ? json[position] : nil }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            skipBlanks()
            guard peek() == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        /// Returns the range of the text in the output; nil when there is none.
        mutating func string() -> Range<Int>? {
            guard take("\"") else { return nil }
            let start = written
            while let byte = peek() {
                position += 1
                switch byte {
                case UInt8(ascii: "\""): return start..<written
                case UInt8(ascii: "\\"):
                    guard let byte = escape() else { return nil }
                    put(byte)
                case 0..<0x20: return nil
                default: put(byte)
                }
            }
            return nil
        }

        private mutating func put(_ byte: UInt8) {
            unsafe output[written] = byte
            written += 1
        }

        /// Parses the digits of an escape; a character outside ASCII is invalid, since no key contains it.
        private mutating func escape() -> UInt8? {
            guard let kind = peek() else { return nil }
            position += 1
            switch kind {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return kind
            case UInt8(ascii: "b"): return 0x08
            case UInt8(ascii: "f"): return 0x0C
            case UInt8(ascii: "n"): return 0x0A
            case UInt8(ascii: "r"): return 0x0D
            case UInt8(ascii: "t"): return 0x09
            case UInt8(ascii: "u"):
                var value = 0
                for _ in 0..<4 {
                    guard let digit = peek()?.hexDigitValue else {
                        return nil
                    }
                    value = value * 16 + Int(digit)
                    position += 1
                }
                return value < 0x80 ? UInt8(value) : nil
            default: return nil
            }
        }
    }
}
