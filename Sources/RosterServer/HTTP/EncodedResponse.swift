import NIOCore
import RosterBytes
import SealedBoxes

/// The part of a response that is the same for all clients: header fields and body, encoded once.
///
/// The bytes are in the order in which they are sent: the fields of a 304, those of the body, the empty line, the body.
struct EncodedResponse: Sendable {
    /// Fields that many responses share, which are sent first.
    let fields: ByteBuffer
    /// Everything that follows them.
    let bytes: ByteBuffer
    /// The number of bytes that a 304 sends.
    let commonLength: Int
    /// The number of bytes preceding the body.
    let headLength: Int
    /// The entity tag; nil for a body without one.
    let tag: EntityTag?
    /// The number of bytes of the body.
    var bodyLength: Int { bytes.readableBytes - headLength }

    /// The bytes of the body.
    var body: ByteBufferView {
        bytes.viewBytes(at: bytes.readerIndex + headLength, length: bodyLength) ?? ByteBufferView()
    }

    /// Encodes a body with its fields.
    init(_ body: some Collection<UInt8>, type: StaticString, fields: ResponseFields, tag: EntityTag?) {
        var bytes = ByteBuffer()
        bytes.reserveCapacity(body.count + fields.bytes.count + 192)
        let (common, head) = Self.write(body.count, type: type, fields: fields, tag: tag, to: &bytes)
        bytes.writeBytes(body)
        self.init(fields: ByteBuffer(), bytes: bytes, commonLength: common, headLength: head, tag: tag)
    }

    init(fields: ByteBuffer, bytes: ByteBuffer, commonLength: Int, headLength: Int, tag: EntityTag?) {
        self.fields = fields
        self.bytes = bytes
        self.commonLength = commonLength
        self.headLength = headLength
        self.tag = tag
    }

    /// Writes the head of a body that follows, and returns the lengths of its parts.
    static func write(
        _ bodyLength: Int,
        type: StaticString,
        fields: ResponseFields,
        tag: EntityTag?,
        to bytes: inout ByteBuffer
    ) -> (common: Int, head: Int) {
        let start = bytes.writerIndex
        bytes.writeBytes(fields.bytes)
        if let tag {
            bytes.writeStaticString("ETag: ")
            tag.write(to: &bytes)
            bytes.writeStaticString("\r\n")
        }
        let common = bytes.writerIndex - start
        bytes.writeStaticString("Content-Type: ")
        bytes.writeStaticString(type)
        bytes.writeStaticString("\r\nContent-Length: ")
        bytes.writeDecimal(bodyLength)
        bytes.writeStaticString("\r\n\r\n")
        return (common, bytes.writerIndex - start)
    }
}

/// Header fields, encoded.
struct ResponseFields: Sendable {
    private(set) var bytes: [UInt8] = []

    init(_ fields: KeyValuePairs<StaticString, String>) {
        for (name, value) in fields { add(name, value) }
    }

    /// Adds a field.
    mutating func add(_ name: StaticString, _ value: String) {
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(contentsOf: ": ".utf8)
        // No value is copied from a request; even so, none may end the field early.
        bytes.append(contentsOf: value.utf8.filter { $0 != 0x0D && $0 != 0x0A && $0 != 0 })
        bytes.append(contentsOf: "\r\n".utf8)
    }
}

/// A strong entity tag: the SHA-256 digest of exactly the body's bytes.
struct EntityTag: Sendable, Hashable {
    private let digest: (UInt64, UInt64, UInt64, UInt64)

    /// Creates the tag of a body.
    init(of body: Span<UInt8>) {
        let bytes = Digest.sha256(of: body).bytes
        func word(_ index: Int) -> UInt64 {
            let word = unsafe bytes.withUnsafeBytes { bytes in
                unsafe bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
            }
            return UInt64(bigEndian: word)
        }
        digest = (word(0), word(1), word(2), word(3))
    }

    /// The tag in the form in which it is sent, quotes included.
    var text: String {
        var buffer = ByteBuffer()
        write(to: &buffer)
        return String(buffer: buffer)
    }

    /// Parses the tag at the start of text, quotes included; nil when it is not in the form of Roster's tags.
    init?(_ text: Span<UInt8>) {
        let prefix: StaticString = "\"sha256:"
        let start = prefix.utf8CodeUnitCount
        guard text.count >= start + 65, text[start + 64] == UInt8(ascii: "\"") else { return nil }
        for index in 0..<start where unsafe text[index] != prefix.utf8Start[index] { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        for index in start..<start + 64 {
            let byte = text[index]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            default: return nil
            }
            // Each digit shifts the preceding ones, through all four words.
            words.0 = words.0 << 4 | words.1 >> 60
            words.1 = words.1 << 4 | words.2 >> 60
            words.2 = words.2 << 4 | words.3 >> 60
            words.3 = words.3 << 4 | UInt64(digit)
        }
        digest = words
    }

    /// Writes the tag in the form in which it is sent, quotes included.
    func write(to bytes: inout ByteBuffer) {
        bytes.writeStaticString("\"sha256:")
        for word in [digest.0, digest.1, digest.2, digest.3] {
            for shift in stride(from: 60, through: 0, by: -4) {
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 0xF
                bytes.writeInteger(digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + UInt8(ascii: "a"))
            }
        }
        bytes.writeStaticString("\"")
    }

    /// Appends the 32 bytes of the digest.
    func append(to bytes: inout [UInt8]) {
        for word in [digest.0, digest.1, digest.2, digest.3] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
    }

    static func == (one: EntityTag, other: EntityTag) -> Bool { one.digest == other.digest }

    func hash(into hasher: inout Hasher) { hasher.combine(digest.0) }
}

extension ByteBuffer {
    /// Writes a whole number in decimal.
    mutating func writeDecimal(_ number: Int) {
        if number < 10 {
            writeInteger(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number))
        } else {
            writeDecimal(number / 10)
            writeInteger(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
        }
    }
}
