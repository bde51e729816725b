import ArgumentParser
import RosterModel

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

    func run() throws { try CommandContext.process.standardOutput.write(RosterVersion.text + "\n") }
}
