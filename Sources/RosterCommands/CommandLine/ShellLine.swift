import RosterBytes
import RosterCompiler
import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterEditing

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
            isKeyNext = word.hasPrefix("-") && !word.contains("=") && ShownText.isNameOfKey(word)
        }
        return line
    }

    private static func hidingKey(_ word: String) -> String {
        guard let equals = word.firstIndex(of: "=") else {
            return MaskedText(word, showing: []).isWhole ? word : "VALUE"
        }
        let name = word[..<equals]
        let isKey =
            ShownText.isNameOfKey(String(name.split(separator: ".").last ?? ""))
            || !MaskedText(word, showing: []).isWhole
        return isKey ? "\(name)=VALUE" : word
    }
}
