import ArgumentParser

/// A command whose help text ends with examples.
protocol DocumentedCommand: ParsableCommand {
    /// The command lines of the examples; a long one is continued on a second line, as in a shell.
    static var examples: [String] { get }
}
