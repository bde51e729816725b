import ArgumentParser

/// `roster project`: the groups of providers.
struct ProjectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "project",
        abstract: "Add and list projects.",
        subcommands: [ProjectAddCommand.self, ProjectListCommand.self]
    )
}
