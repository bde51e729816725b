/// A problem in the files of a repository: what is wrong, where, and what to do.
///
/// Its texts and excerpts contain no key: they are masked before a diagnostic is created (``Excerpt``).
public struct Diagnostic: Sendable, Hashable {
    /// The stable, public name of the rule, such as `unknown-provider-slug`.
    public var rule: String
    /// The severity.
    public var severity: Severity
    /// One sentence without a full stop.
    public var message: String
    /// The location.
    public var place: Place
    /// The advice, as a sentence or a list of allowed values; nil when the message suffices.
    public var help: String?
    /// The text under the carets; nil for none.
    public var label: String?
    /// The text to replace the span with; nil when none can be suggested.
    public var replacement: Replacement?
    /// Other places that are part of the problem, such as the first of two equal ids.
    public var related: [Related]

    /// Creates a diagnostic from its parts.
    public init(
        rule: String,
        severity: Severity,
        message: String,
        place: Place,
        help: String? = nil,
        label: String? = nil,
        replacement: Replacement? = nil,
        related: [Related] = []
    ) {
        self.rule = rule
        self.severity = severity
        self.message = message
        self.place = place
        self.help = help
        self.label = label
        self.replacement = replacement
        self.related = related
    }

    /// A file, and a range in it.
    public struct Place: Sendable, Hashable {
        /// The file or folder, relative to git's top level, with `/` between its parts.
        public var path: String
        /// The range; nil for the whole file (a link, an invalid name).
        public var span: SourceSpan?
        /// The line to show; nil without a span.
        public var excerpt: Excerpt?

        /// Creates a place from its parts.
        public init(path: String, span: SourceSpan? = nil, excerpt: Excerpt? = nil) {
            self.path = path
            self.span = span
            self.excerpt = excerpt
        }
    }

    /// Text that would fix the problem.
    public struct Replacement: Sendable, Hashable {
        /// The text to write instead of the span's bytes.
        public var text: String
        /// A Boolean value that indicates whether `check --fix` may write it without asking, since it is unambiguous.
        public var isSafe: Bool

        /// Creates a replacement from its parts.
        public init(text: String, isSafe: Bool) {
            self.text = text
            self.isSafe = isSafe
        }
    }

    /// Another place, and its relation to the problem.
    public struct Related: Sendable, Hashable {
        /// A few words, such as "first used here".
        public var message: String
        /// The location.
        public var place: Place

        /// Creates a related place from its parts.
        public init(message: String, place: Place) {
            self.message = message
            self.place = place
        }
    }
}

extension Diagnostic {
    /// Returns true when `one` is listed before `other`: by path, then position, then rule.
    ///
    /// Paths and texts compare by their bytes, so that the order is the same on all machines.
    public static func isOrderedBefore(_ one: Diagnostic, _ other: Diagnostic) -> Bool {
        let paths = (one.place.path, other.place.path)
        if paths.0 != paths.1 { return paths.0.utf8.lexicographicallyPrecedes(paths.1.utf8) }
        let offsets = (one.place.span?.byteOffset ?? -1, other.place.span?.byteOffset ?? -1)
        if offsets.0 != offsets.1 { return offsets.0 < offsets.1 }
        if one.rule != other.rule { return one.rule.utf8.lexicographicallyPrecedes(other.rule.utf8) }
        return one.message.utf8.lexicographicallyPrecedes(other.message.utf8)
    }
}
