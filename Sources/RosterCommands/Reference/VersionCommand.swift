import ArgumentParser
import RosterModel

struct VersionCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

    func run(_ context: CommandContext) async throws { try context.standardOutput.write(RosterVersion.text + "\n") }
}
