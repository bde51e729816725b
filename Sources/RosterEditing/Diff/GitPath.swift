/// The syntax of paths in a git patch.
enum GitPath {
    /// Returns a path with its `a/` or `b/` prefix, quoted and escaped if git does so.
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

    /// Returns a path at the end of a `---` or `+++` line: a path with a blank is terminated by a tab.
    static func header(_ path: String) -> String { quoted(path) + (path.contains(" ") ? "\t" : "") }
}
