import ArgumentParser

/// A command of the program.
protocol RosterSubcommand: DocumentedCommand {
    /// Runs the command in the world that a context gives it.
    func run(_ context: CommandContext) async throws
}
