/// A path as git writes it in a patch.
enum GitPath {
    /// With its `a/` or `b/`, in quotes and escaped where git does so.
    static func quoted(_ path: String) -> String {
        let needsQuotes = path.utf8.contains {
            $0 < 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\")
        }
        guard needsQuotes else { return path }
        var result = "\""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += "\\" + String(UnicodeScalar(byte))
            case 0x20..<0x7F: result.unicodeScalars.append(UnicodeScalar(byte))
            default:
                let digits = String(byte, radix: 8)
                result += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
            }
        }
        return result + "\""
    }

    /// As it ends a line of `---` or `+++`: a path with a blank is followed by a tab, which ends it.
    static func header(_ path: String) -> String { quoted(path) + (path.contains(" ") ? "\t" : "") }
}
