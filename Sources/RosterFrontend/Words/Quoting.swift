/// The largest number of characters of a file's text that a message shows.
package let quotedLimit = 80

/// Returns the text of a file as a message shows it: in quotes, and truncated when it is long.
package func quoted(_ text: some StringProtocol) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > quotedLimit else { return "\"\(text)\"" }
    return "\"\(String(String.UnicodeScalarView(scalars.prefix(quotedLimit))))…\""
}

extension String {
    /// The text without a quotation mark at either end.
    package var trimmingQuotes: Substring {
        var rest = self[...]
        if let quote = rest.first, quote == "\"" || quote == "'" { rest = rest.dropFirst() }
        if let quote = rest.last, quote == "\"" || quote == "'" { rest = rest.dropLast() }
        return rest
    }
}

/// Returns a list of words, truncated when it is long: a, b and 17 more.
package func shortList(_ words: [String], _ conjunction: String = "and") -> String {
    let limit = 12
    guard words.count > limit else { return list(words, conjunction) }
    return list(words.prefix(limit - 1) + ["\(words.count - limit + 1) more"], conjunction)
}

/// Returns a list of words: a, b and c.
package func list(_ words: [String], _ conjunction: String = "and") -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}
