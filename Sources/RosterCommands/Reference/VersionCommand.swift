import ArgumentParser
import RosterModel

struct VersionCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Print the version, the commit and the build."
    )

    func run(_ context: CommandContext) async throws { try context.standardOutput.write(context.build.text + "\n") }
}
