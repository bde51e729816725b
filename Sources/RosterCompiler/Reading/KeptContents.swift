/// What is kept of what the files hold, once each was checked; diagnostics need none of it.
public struct KeptContents: OptionSet, Sendable {
    /// A bit for each part.
    public let rawValue: Int

    /// Makes a choice from its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The files' bytes; without them there are those of files in which something was found.
    public static let bytes = KeptContents(rawValue: 1)
    /// Every record's values, for a ``Registry``; without them providers are let go.
    public static let values = KeptContents(rawValue: 2)
    /// What records are in the registry's document: enough for that, and less than values.
    public static let document = KeptContents(rawValue: 4)
}
