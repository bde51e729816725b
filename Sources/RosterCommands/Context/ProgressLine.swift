/// One line on the terminal that says how far long work is.
struct ProgressLine: Sendable {
    private let verb: String
    private let stream: OutputStream
    private let isShown: Bool

    /// Work on fewer files is done before anybody could read the line.
    private static let worthShowing = 5000

    init(verb: String, isQuiet: Bool, _ context: CommandContext) {
        self.verb = verb
        stream = context.standardError
        isShown = !isQuiet && stream.isTerminal
    }

    /// Shows that `done` of `count` files are done.
    @Sendable func show(_ done: Int, of count: Int) {
        guard isShown, count >= Self.worthShowing else { return }
        // A terminal that is gone takes the progress with it, not the work.
        try? stream.write("\r\u{1B}[K\(verb) \(done) of \(count) files")
    }

    /// Takes the line away.
    func clear() {
        guard isShown else { return }
        try? stream.write("\r\u{1B}[K")
    }
}
