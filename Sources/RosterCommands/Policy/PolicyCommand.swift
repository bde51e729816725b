import ArgumentParser

/// `roster policy`: what tokens are allowed to do.
struct PolicyCommand: DocumentedCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Define what tokens may do.",
        subcommands: [PolicyCreateCommand.self, PolicyListCommand.self, PolicyDeleteCommand.self]
    )
    static let examples = ["roster policy list"]
}
