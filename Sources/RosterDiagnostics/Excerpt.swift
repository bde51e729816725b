/// The source line that a diagnostic shows, with what must not be shown already masked.
///
/// A long line is cut to a window around the place, so that a file of one line does not fill a screen.
public struct Excerpt: Sendable, Hashable {
    /// The window of the line, keys masked, line end left out.
    public var text: String
    /// Scalars of ``text`` in front of the carets.
    public var caretOffset: Int
    /// Scalars under the carets, at least 1.
    public var caretLength: Int
    /// Whether something was cut off in front of the window.
    public var isCutAtStart: Bool
    /// Whether something was cut off behind the window.
    public var isCutAtEnd: Bool

    /// Makes an excerpt from its parts.
    public init(text: String, caretOffset: Int, caretLength: Int, isCutAtStart: Bool, isCutAtEnd: Bool) {
        self.text = text
        self.caretOffset = caretOffset
        self.caretLength = max(1, caretLength)
        self.isCutAtStart = isCutAtStart
        self.isCutAtEnd = isCutAtEnd
    }
}
