import RosterCompiler
import RosterFrontend

/// Text from git that is shown.
enum ShownText {
    /// The text with keys hidden.
    static func mask(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return MaskedText(bytes).text(0..<bytes.count)
    }
}
