/// The command lines that hooks and CI call all day, which are understood without the parser of arguments.
///
/// That one looks up dozens of conformances among all of the program's, which takes longer than a small repository does.
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
            // What may be an option, and what is no text, is the parser's to judge.
            guard let first = words[2].first, first != "-", !words[2].contains("\u{FFFD}") else { return nil }
            self = .compile(output: words[2])
        default: return nil
        }
    }

    /// Does what the command of that name does.
    func run(_ context: CommandContext) async throws {
        switch self {
        case .check: try await Check().run(context)
        case .compile(let output): try await Compilation(output: output).run(context)
        }
    }
}
