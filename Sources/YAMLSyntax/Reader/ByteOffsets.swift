import CLibYAML

/// A conversion of libyaml's marks, which count characters, to byte offsets.
///
/// Marks are nearly in order, so a cursor moves from one to the next; in ASCII the two numbers are equal.
@safe
struct ByteOffsets {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let isASCII: Bool
    private var character = 0
    private var byte = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) {
        unsafe self.bytes = unsafe bytes
        self.isASCII = isASCII
    }

    mutating func span(_ start: yaml_mark_t, _ end: yaml_mark_t) -> ByteSpan {
        let start = offset(start)
        return ByteSpan(start: start, end: offset(end))
    }

    mutating func offset(_ mark: yaml_mark_t) -> UInt32 {
        guard !isASCII else { return unsafe UInt32(clamping: min(mark.index, bytes.count)) }
        while unsafe character < mark.index && byte < bytes.count {
            byte += 1
            while unsafe byte < bytes.count && bytes[byte] & 0xC0 == 0x80 { byte += 1 }
            character += 1
        }
        while character > mark.index && byte > 0 {
            byte -= 1
            while unsafe byte > 0 && bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
            character -= 1
        }
        return UInt32(clamping: byte)
    }
}
