import ArgumentParser
import RosterModel

/// `roster secret`: the sealed keys.
struct SecretCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret",
        abstract: "Seal keys, look after them, and check that they open.",
        subcommands: [
            SecretSetCommand.self, SecretListCommand.self, SecretShowCommand.self, SecretVerifyCommand.self,
            SecretResealCommand.self, SecretRenameCommand.self, SecretDeleteCommand.self,
        ]
    )
}

/// Options of the commands that open boxes.
struct IdentityOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A file with an identity; may be given several times.", valueName: "file")
    )
    var identity: [String] = []
}

/// Options of the commands that seal.
struct SealingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Seal to this key although the upstream default branch, or HEAD without a remote, does not have it; may be given several times.",
            valueName: "rk_…"
        )
    )
    var trustKey: [String] = []
}

/// Options of the commands that seal a value that they read.
struct NewValueOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The day by which the key is to be changed.", valueName: "date"))
    var rotateBy: CalendarDate?

    @OptionGroup var sealing: SealingOptions
}
