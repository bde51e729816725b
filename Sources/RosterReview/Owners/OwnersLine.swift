import RosterBytes
import RosterModel

/// A line of a CODEOWNERS file: a pattern and the owners of matching files.
struct OwnersLine {
    private(set) var pattern: String
    private(set) var owners: [String]

    /// The maximum number of characters of an owner's name.
    private static let nameLimit = 255

    /// Splits a file into lines.
    static func lines(of text: String) -> [Substring] {
        // A carriage return and the following line feed are one character.
        text.split { $0 == "\n" || $0 == "\r\n" }
    }

    /// Parses a line; returns nil for one without a pattern.
    init?(_ line: Substring) {
        guard !Self.trimmed(line).hasPrefix("#") else { return nil }
        var words = Self.words(line)
        guard !words.isEmpty else { return nil }
        pattern = words.removeFirst()
        owners = words
    }

    /// Returns the words of a line up to a comment; an escaped blank does not end a word.
    private static func words(_ line: Substring) -> [String] {
        var words: [String] = []
        var word = ""
        var isEscaped = false
        for scalar in line.unicodeScalars {
            if !isEscaped, scalar == " " || scalar == "\t" || scalar == "\r" {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else if scalar == "#", word.isEmpty {
                return words
            } else {
                word.unicodeScalars.append(scalar)
            }
            isEscaped = scalar == "\\" && !isEscaped
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    private static func trimmed(_ line: Substring) -> Substring {
        line.drop { $0 == " " || $0 == "\t" }
    }

    /// Returns whether a word is the name of a user, a team, a group or a role, or an email address.
    static func isOwner(_ word: String) -> Bool {
        let bytes = Array(word.utf8)
        guard bytes.count <= nameLimit, bytes.count > 1 else { return false }
        let isName = { (byte: UInt8) in
            byte.isASCIILetterOrDigit || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(byte)
        }
        if bytes[0] == UInt8(ascii: "@") {
            let name = bytes.dropFirst(bytes[1] == UInt8(ascii: "@") ? 2 : 1)
            let parts = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isName) }
        }
        let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        let local = parts[0].allSatisfy { isName($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "%") }
        return parts.count == 2 && !parts[0].isEmpty && local && parts[1].contains(UInt8(ascii: "."))
            && parts[1].allSatisfy(isName)
    }

    /// The heading of a section in GitLab's syntax: `[Name]`, `^[Name]` or `[Name][2]`, followed by default owners.
    struct Heading {
        private(set) var name: String
        private(set) var owners: [String]

        /// Parses a heading; returns nil for another line.
        init?(_ line: Substring) {
            var rest = OwnersLine.trimmed(line)
            if rest.hasPrefix("^") { rest.removeFirst() }
            guard rest.hasPrefix("["), let end = rest.firstIndex(of: "]") else { return nil }
            name = String(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
            // The number of approvals is ignored.
            if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") { rest = rest[rest.index(after: end)...] }
            guard !name.isEmpty, rest.first.map({ $0 == " " || $0 == "\t" || $0 == "\r" }) ?? true else { return nil }
            owners = OwnersLine.words(rest)
        }
    }
}
