import RosterBytes
import RosterCompiler
import RosterDiagnostics
import RosterModel

/// A command of Roster's as it is written in a shell.
enum ShellLine {
    /// The longest line that is worth pasting.
    private static let limit = 1_000

    /// The line, quoted; nil when it is too long to read or has characters that are not seen.
    ///
    /// A key is not repeated, but replaced by `VALUE`.
    static func text(_ words: [String]) -> String? {
        guard words.reduce(0, { $0 + $1.utf8.count }) <= limit else { return nil }
        var line = "roster"
        var isKeyNext = false
        for word in words {
            guard !word.unicodeScalars.contains(where: PrintableText.isUnprintable) else { return nil }
            line += " " + (isKeyNext && !word.hasPrefix("-") ? "VALUE" : ShellArgument.quoted(hidingKey(word)))
            isKeyNext = word.hasPrefix("-") && !word.contains("=") && isNameOfKey(word)
        }
        return line
    }

    /// A word of the command line as a message shows it: cut, without keys and without invisible characters.
    static func shown(_ word: String) -> String {
        // What is cut off afterwards must not keep a key from being recognized.
        let text = word.excerpt(4_096)
        guard !isRandom(text) else { return "[redacted]" }
        return "\"" + PrintableText.escape(MaskedText(text, showing: []).text.excerpt(60)) + "\""
    }

    /// Returns whether a word that is not understood may be a key of a form that is not known.
    static func isRandom(_ word: String) -> Bool {
        guard word.utf8.count >= 16, !CommandLineReader.isName(word) else { return false }
        let digits = word.utf8.count { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        return digits >= 4 && digits < word.utf8.count && !word.utf8.contains(UInt8(ascii: " "))
    }

    /// Returns whether an option has a name that keys have.
    static func isNameOfKey(_ option: String) -> Bool {
        let name = String(option.drop { $0 == "-" })
        return FamiliarNames.keyOptions.contains(name.lowercased()) || !KeyContext().member(name).isEmpty
    }

    private static func hidingKey(_ word: String) -> String {
        guard let equals = word.firstIndex(of: "=") else {
            return MaskedText(word, showing: []).isWhole ? word : "VALUE"
        }
        let name = word[..<equals]
        let isKey = isNameOfKey(String(name.split(separator: ".").last ?? "")) || !MaskedText(word, showing: []).isWhole
        return isKey ? "\(name)=VALUE" : word
    }
}
