import ArgumentParser
import RosterCompiler
import RosterEditing
import RosterModel
import RosterSemantics
import SealedBoxes

struct SecretSetCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Seal a value: a new secret, or a new value of one.",
        discussion: """
            The value is typed on the terminal, where it is not shown, or piped in; never an argument. No identity is \
            needed. On an existing secret the generation goes one up, and the hosts stay unless they are given.

            --for azure needs --resource-name, --for bedrock --region, --for gateway and --for custom --base-url.
            """
    )
    static let examples = [
        "roster secret set acme/openai-prod --for openai < key.txt",
        "roster secret set acme/tool --host https://api.example.org:8443 < key.txt",
    ]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>, or the id of an existing secret", valueName: "secret"))
    var secret: String

    @OptionGroup var hosts: SecretTargetOptions

    @Option(help: "A label for people.")
    var name: String?

    @OptionGroup var newValue: NewValueOptions
    @OptionGroup var forcing: ForceOption

    func run(_ context: CommandContext) async throws {
        context.process.harden()
        let session = try await EditSession(globals, context)
        let location = try SecretLocation(secret, in: session.editor, makeID: context.makeID)
        try hosts.arguments.check(location.fullName)
        let target = try await session.target(of: location, hosts)
        let sealed = try await session.seal(
            location,
            for: target,
            label: name,
            newValue,
            command: "roster secret set \(location.fullName) …"
        )
        // A provider may link the secret before or after it exists.
        try await session.apply([try session.editor.change(to: sealed, at: location)], force: forcing.force)
        try session.warnOfUnlockedMemory()
        for line in sealed.lines(location) { try session.printLine(line) }
    }
}

extension EditSession {
    /// Returns the target that options name, which the user confirms when it comes from a provider's base URL.
    fileprivate func target(of location: SecretLocation, _ options: SecretTargetOptions) async throws -> SecretTarget {
        try await SecretTarget(options.arguments, location, in: editor, today: context.today) { question in
            guard context.isInteractive else { return nil }
            try context.standardError.write(question)
            return ["y", "yes"].contains(try context.standardInput.readLine()?.lowercased())
        }
    }
}
