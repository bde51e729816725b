/// The most characters of a file's text that a message shows.
let quotedLimit = 80

/// Text of a file as a message shows it: in quotes, and cut where it is long.
func quoted(_ text: some StringProtocol) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > quotedLimit else { return "\"\(text)\"" }
    return "\"\(String(String.UnicodeScalarView(scalars.prefix(quotedLimit))))…\""
}

extension String {
    /// The text without a quotation mark at either end.
    var trimmingQuotes: Substring {
        var rest = self[...]
        if let quote = rest.first, quote == "\"" || quote == "'" { rest = rest.dropFirst() }
        if let quote = rest.last, quote == "\"" || quote == "'" { rest = rest.dropLast() }
        return rest
    }
}

/// Words in a row, the first of them where there are many: a, b and 17 more.
func shortList(_ words: [String], _ conjunction: String = "and") -> String {
    let limit = 12
    guard words.count > limit else { return list(words, conjunction) }
    return list(words.prefix(limit - 1) + ["\(words.count - limit + 1) more"], conjunction)
}

/// Words in a row: a, b and c.
func list(_ words: [String], _ conjunction: String = "and") -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}
