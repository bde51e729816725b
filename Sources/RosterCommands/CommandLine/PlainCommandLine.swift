/// The command lines that hooks and CI call all day, which are understood without the parser of arguments.
///
/// That one looks up dozens of conformances among all of the program's, which takes longer than a small repository does.
enum PlainCommandLine: Equatable {
    /// `roster check`
    case check
    /// `roster compile`, or with `-o FILE` or `--output FILE`.
    case compile(output: String?)

    /// Recognizes a command line, whose first word is the program; nil for everything else.
    init?(_ words: [String]) {
        switch words.count {
        case 2 where words[1] == "check": self = .check
        case 2 where words[1] == "compile": self = .compile(output: nil)
        case 4 where words[1] == "compile" && ["-o", "--output"].contains(words[2]):
            // What may be an option, and what is no text, is the parser's to judge.
            guard let first = words[3].first, first != "-", !words[3].contains("\u{FFFD}") else { return nil }
            self = .compile(output: words[3])
        default: return nil
        }
    }

    /// Does what the command of that name does.
    func run() async throws {
        switch self {
        case .check: try await Check().run()
        case .compile(let output): try await Compilation(output: output).run()
        }
    }
}
