/// What is kept of what the files hold, once each was checked; diagnostics need none of it.
public struct KeptContents: OptionSet, Sendable {
    /// A bit for each part.
    public let rawValue: Int

    /// Makes a choice from its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The files' bytes; without them there are those of files in which something was found.
    public static let bytes = KeptContents(rawValue: 1)
    /// `config` as values, for a ``Registry``.
    public static let values = KeptContents(rawValue: 2)
    /// `config` as the registry's document has it: enough for the document, and less than values.
    public static let document = KeptContents(rawValue: 4)
}
