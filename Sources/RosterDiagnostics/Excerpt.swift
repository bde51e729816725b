/// The source line that a diagnostic shows, with keys masked.
///
/// A long line is cut to a window around the place, so that a file of one line does not fill a screen.
public struct Excerpt: Sendable, Hashable {
    /// The window of the line, with keys masked and without the line end.
    public var text: String
    /// The number of scalars of ``text`` that precede the carets.
    public var caretOffset: Int
    /// The number of scalars under the carets, at least 1.
    public var caretLength: Int
    /// A Boolean value that indicates whether the line was cut at the start.
    public var isCutAtStart: Bool
    /// A Boolean value that indicates whether the line was cut at the end.
    public var isCutAtEnd: Bool

    /// Creates an excerpt from its parts.
    public init(text: String, caretOffset: Int, caretLength: Int, isCutAtStart: Bool, isCutAtEnd: Bool) {
        self.text = text
        self.caretOffset = caretOffset
        self.caretLength = max(1, caretLength)
        self.isCutAtStart = isCutAtStart
        self.isCutAtEnd = isCutAtEnd
    }
}
