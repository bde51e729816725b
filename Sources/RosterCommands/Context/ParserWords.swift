import RosterBytes

/// The words of a command line, changed where the argument parser cannot express what they mean.
///
/// - `--prefix` of `exec` and `env` has a value only in the form `NAME=PROVIDER`. The parser knows options with a value
///   and flags without one, and reads `--prefix` alone as `--prefix==`.
/// - A program follows the providers of `exec` after `--`. The parser allows one list of arguments, and reads a second
///   `--` in it.
enum ParserWords {
    private static let prefix = "--prefix"
    /// The value of `--prefix` alone.
    static let alone = "="

    /// Returns the words for the argument parser.
    static func read(_ words: [String]) -> [String] {
        let end = words.firstIndex(of: "--") ?? words.endIndex
        let command = command(of: words[..<end])
        guard command == "exec" || command == "env" else { return words }
        var read = words
        for index in words[..<end].indices where isPrefixAlone(words, at: index) { read[index] = "\(prefix)=\(alone)" }
        if command == "exec", end < words.endIndex { read.insert("--", at: end) }
        return read
    }

    /// Returns the name of the command, which global options can precede.
    private static func command(of words: ArraySlice<String>) -> String? {
        var rest = words
        while let word = rest.popFirst() {
            guard word.hasPrefix("-") else { return word }
            if ["--repo", "--color"].contains(word) { _ = rest.popFirst() }
        }
        return nil
    }

    /// Returns whether the word at an index is `--prefix`, and the next one not its value.
    static func isPrefixAlone(_ words: [String], at index: Int) -> Bool {
        guard words[index] == prefix else { return false }
        guard index + 1 < words.count, !words[index + 1].hasPrefix("-") else { return true }
        return !words[index + 1].utf8.contains(UInt8(ascii: "="))
    }
}
