/// A merge conflict that git left in a file.
public struct YAMLConflict: Sendable, Equatable {
    /// The line that starts with `<<<<<<<`.
    public var start: ByteSpan
    /// The line that starts with `>>>>>>>`.
    public var end: ByteSpan
}
