/// Words of the command line that are options, or that were meant as such.
enum DashedWord {
    /// Hyphen-minus, the hyphens and dashes, and the minus sign.
    static let dashes: Set<Unicode.Scalar> = [
        "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}",
    ]

    /// Returns whether a word is an option: also with one of the dashes that programs make of two hyphens.
    static func isOption(_ word: String) -> Bool {
        guard let first = word.unicodeScalars.first, dashes.contains(first) else { return false }
        return word != "-" && Double(word) == nil
    }
}
