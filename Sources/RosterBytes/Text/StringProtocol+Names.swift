extension StringProtocol {
    /// Returns a Boolean value that indicates whether the text is not empty, and consists of ASCII letters, digits, and the
    /// ASCII characters of `others`.
    package func isName(with others: String) -> Bool {
        !isEmpty && utf8.allSatisfy { $0.isASCIILetterOrDigit || others.utf8.contains($0) }
    }
}
