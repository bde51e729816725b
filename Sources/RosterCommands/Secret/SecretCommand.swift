import ArgumentParser
import RosterModel

/// The group of commands for sealed keys.
struct SecretCommand: DocumentedCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret",
        abstract: "Seal keys, manage them, and check that they open.",
        subcommands: [
            SecretSetCommand.self, SecretListCommand.self, SecretShowCommand.self, SecretVerifyCommand.self,
            SecretResealCommand.self, SecretRenameCommand.self, SecretDeleteCommand.self,
        ]
    )
    static let examples = ["roster secret list", "roster secret set acme/openai-prod --for openai < key.txt"]
}

/// The options of commands that open boxes.
struct IdentityOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A file with an identity; may be given several times.", valueName: "file")
    )
    var identity: [String] = []
}

/// The options of commands that seal.
struct SealingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Seal to this key although the upstream default branch, or HEAD without a remote, does not have it; may be given several times.",
            valueName: "rk_…"
        )
    )
    var trustKey: [String] = []
}

/// The options of commands that read a value and seal it.
struct NewValueOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The day by which the key is to be changed.", valueName: "date"))
    var rotateBy: CalendarDate?

    @OptionGroup var sealing: SealingOptions

    /// Refuses options of a command that seals nothing without `--seal`.
    func refuseWithoutSeal() throws {
        let given = [("--rotate-by", rotateBy != nil), ("--trust-key", !sealing.trustKey.isEmpty)]
        for (option, isGiven) in given where isGiven {
            throw CommandFailure.usage(
                "\(option) belongs to --seal, which creates the provider's secret",
                help: "add --seal, or leave \(option) out"
            )
        }
    }
}
