/// Text of a file as a message shows it: in quotes, and cut where it is long.
func quoted(_ text: some StringProtocol) -> String {
    let limit = 80
    let scalars = text.unicodeScalars
    guard scalars.count > limit else { return "\"\(text)\"" }
    return "\"\(String(String.UnicodeScalarView(scalars.prefix(limit))))…\""
}

/// Words in a row: a, b and c.
func list(_ words: [String], _ conjunction: String = "and") -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}
