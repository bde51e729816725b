import Glibc

/// The counts by which git distinguishes text from binary files, and converts their line endings.
///
/// The rules are those of git's `convert.c` for `text=auto` and `core.autocrlf`.
struct TextStatistics {
    private var hasLoneCR = false
    private var hasNUL = false
    private var printable = 0
    private var nonprintable = 0

    /// Counts the bytes of a file.
    init(_ bytes: [UInt8]) {
        var previous: UInt8 = 0
        for byte in bytes {
            if previous == UInt8(ascii: "\r"), byte != UInt8(ascii: "\n") { hasLoneCR = true }
            previous = byte
            switch byte {
            case UInt8(ascii: "\r"), UInt8(ascii: "\n"): break
            case 0x08, 0x09, 0x0C, 0x1B: printable += 1
            case 0:
                hasNUL = true
                nonprintable += 1
            case 1..<0x20, 0x7F: nonprintable += 1
            default: printable += 1
            }
        }
        if previous == UInt8(ascii: "\r") { hasLoneCR = true }
        // A file may end with the end-of-file mark of DOS.
        if previous == 0x1A { nonprintable -= 1 }
    }

    /// A Boolean value that indicates whether git treats the file as binary.
    var isBinary: Bool { hasLoneCR || hasNUL || printable >> 7 < nonprintable }
}

extension [UInt8] {
    /// A Boolean value that indicates whether the bytes contain a carriage return with a line feed.
    var containsCRLF: Bool {
        unsafe withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return false }
            var position = 0
            while position < bytes.count,
                let found = unsafe memchr(start + position, Int32(UInt8(ascii: "\r")), bytes.count - position)
            {
                position = unsafe UnsafeRawPointer(found) - start + 1
                if position < bytes.count, unsafe bytes[position] == UInt8(ascii: "\n") { return true }
            }
            return false
        }
    }

    /// The bytes with a line feed in place of each carriage return with a line feed.
    var withoutCRLF: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        for (index, byte) in enumerated() {
            if byte == UInt8(ascii: "\r"), index + 1 < count, self[index + 1] == UInt8(ascii: "\n") { continue }
            result.append(byte)
        }
        return result
    }
}
