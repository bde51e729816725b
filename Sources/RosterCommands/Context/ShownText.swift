import RosterCompiler

/// Text in messages, without keys.
enum ShownText {
    /// Returns a text with keys hidden.
    static func mask(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return MaskedText(bytes).text(0..<bytes.count)
    }
}
