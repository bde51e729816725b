import ArgumentParser

/// `roster project`: the groups of providers.
struct ProjectCommand: DocumentedCommand {
    static let configuration = CommandConfiguration(
        commandName: "project",
        abstract: "Add and list projects.",
        subcommands: [ProjectAddCommand.self, ProjectListCommand.self]
    )
    static let examples = ["roster project list", "roster project add labs"]
}
