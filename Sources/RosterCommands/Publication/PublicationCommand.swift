import ArgumentParser

/// The group of commands for signed publications.
struct PublicationCommand: DocumentedCommand {
    static let configuration = CommandConfiguration(
        commandName: "publication",
        abstract: "Verify signed publications.",
        subcommands: [PublicationShowCommand.self]
    )
    static let examples = ["roster publication show dir:/srv/registry --trust /etc/roster/trust.pem"]
}
