/// A line on the terminal that shows the progress of long work.
struct ProgressLine: Sendable {
    private let verb: String
    private let stream: OutputStream
    private let isShown: Bool

    /// The number of files below which the work is done before a user could read the line.
    private static let worthShowing = 5000

    init(verb: String, isQuiet: Bool, _ context: CommandContext) {
        self.verb = verb
        stream = context.standardError
        isShown = !isQuiet && stream.isTerminal
    }

    /// Shows the number of files that are done.
    @Sendable func show(_ done: Int, of count: Int) {
        guard isShown, count >= Self.worthShowing else { return }
        // The work goes on when the terminal is closed.
        try? stream.write("\r\u{1B}[K\(verb) \(done) of \(count) files")
    }

    /// Clears the line.
    func clear() {
        guard isShown else { return }
        try? stream.write("\r\u{1B}[K")
    }
}
