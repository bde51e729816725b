/// One finding: what is wrong, where, and what to do.
///
/// Its texts and excerpts hold no key: they are masked before a diagnostic is made (``Excerpt``).
public struct Diagnostic: Sendable, Hashable {
    /// The stable, public name of the rule that speaks, such as `unknown-provider-slug`.
    public var rule: String
    /// How grave it is.
    public var severity: Severity
    /// One sentence without a full stop.
    public var message: String
    /// Where it is.
    public var place: Place
    /// What to do, as a sentence or a list of what is allowed; nil when the message says it all.
    public var help: String?
    /// What stands under the carets; nil when there is nothing to add.
    public var label: String?
    /// Text to put in the place of the span; nil when none can be suggested.
    public var replacement: Replacement?
    /// Other places that belong to the finding, such as the first of two equal ids.
    public var related: [Related]

    /// Makes a diagnostic from its parts.
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

    /// A file, and the stretch of it that is meant.
    public struct Place: Sendable, Hashable {
        /// The file or folder, relative to git's top level, with `/` between its parts.
        public var path: String
        /// The stretch; nil when the whole file is meant (a link, a bad name).
        public var span: SourceSpan?
        /// The line to show; nil without a span.
        public var excerpt: Excerpt?

        /// Makes a place from its parts.
        public init(path: String, span: SourceSpan? = nil, excerpt: Excerpt? = nil) {
            self.path = path
            self.span = span
            self.excerpt = excerpt
        }
    }

    /// Text that would mend the finding.
    public struct Replacement: Sendable, Hashable {
        /// What to write instead of the span's bytes.
        public var text: String
        /// Whether `check --fix` may write it without asking: the meaning is beyond doubt.
        public var isSafe: Bool

        /// Makes a replacement from its parts.
        public init(text: String, isSafe: Bool) {
            self.text = text
            self.isSafe = isSafe
        }
    }

    /// A second place, and what it has to do with the finding.
    public struct Related: Sendable, Hashable {
        /// A few words, such as "first used here".
        public var message: String
        /// Where it is.
        public var place: Place

        /// Makes a related place from its parts.
        public init(message: String, place: Place) {
            self.message = message
            self.place = place
        }
    }
}

extension Diagnostic {
    /// Whether `self` is listed before `other`: by path, then position, then rule.
    ///
    /// Paths and texts compare by their bytes, so that the order is the same everywhere.
    public static func isOrderedBefore(_ one: Diagnostic, _ other: Diagnostic) -> Bool {
        let paths = (one.place.path, other.place.path)
        if paths.0 != paths.1 { return paths.0.utf8.lexicographicallyPrecedes(paths.1.utf8) }
        let offsets = (one.place.span?.byteOffset ?? -1, other.place.span?.byteOffset ?? -1)
        if offsets.0 != offsets.1 { return offsets.0 < offsets.1 }
        if one.rule != other.rule { return one.rule.utf8.lexicographicallyPrecedes(other.rule.utf8) }
        return one.message.utf8.lexicographicallyPrecedes(other.message.utf8)
    }
}
