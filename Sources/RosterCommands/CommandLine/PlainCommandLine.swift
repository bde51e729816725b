/// The most frequent command lines of hooks and CI, which are recognized without the argument parser.
///
/// The parser looks up dozens of protocol conformances, which takes longer than checking a small repository.
enum PlainCommandLine: Equatable {
    /// `roster check`
    case check
    /// `roster compile`, or with `-o FILE` or `--output FILE`.
    case compile(output: String?)

    /// Recognizes the arguments of a command line; nil for everything else.
    init?(_ words: [String]) {
        switch words.count {
        case 1 where words[0] == "check": self = .check
        case 1 where words[0] == "compile": self = .compile(output: nil)
        case 3 where words[0] == "compile" && ["-o", "--output"].contains(words[1]):
            // The parser handles words that may be options, and invalid text.
            guard let first = words[2].first, first != "-", !words[2].contains("\u{FFFD}") else { return nil }
            self = .compile(output: words[2])
        default: return nil
        }
    }

    /// Runs the command of that name.
    func run(_ context: CommandContext) async throws {
        switch self {
        case .check: try await Check().run(context)
        case .compile(let output): try await Compilation(output: output).run(context)
        }
    }
}
