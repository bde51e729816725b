import ArgumentParser
import RosterCompiler
import RosterEditing
import RosterModel
import SealedBoxes

struct SecretSetCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Seal a value: a new secret, or a new value of one.",
        discussion: """
            The value is typed on the terminal, where it is not shown, or piped in; never an argument. No identity is \
            needed. On an existing secret the generation goes one up, and the hosts stay unless they are given.

            Examples:
              roster secret set acme/openai --for openai
              roster secret set acme/az --for azure --resource-name acme-prod
              roster secret set acme/aws --for bedrock --region eu-central-1
              roster secret set acme/gw --for gateway --base-url https://gw.example.org/v1
              roster secret set acme/openai --for acme/gpt-4o
              roster secret set acme/tool --host https://api.example.org:8443
              printf %s "$KEY" | roster secret set acme/openai
            """
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>", valueName: "secret"))
    var secret: String

    @OptionGroup var hosts: SecretTargetOptions

    @Option(help: "A label for people.")
    var name: String?

    @OptionGroup var newValue: NewValueOptions
    @OptionGroup var forcing: ForceOption

    func run(_ context: CommandContext) async throws {
        context.process.harden()
        let session = try await EditSession(globals, context)
        let place = try SecretPlace(secret, in: session)
        let target = try await SecretTarget(hosts, place, in: session)
        let sealed = try await session.seal(
            place,
            for: target,
            label: name,
            newValue,
            command: "roster secret set \(place.fullName) …"
        )
        let change: FileChange
        if let old = place.existing {
            let bytes = try session.read(old.path)
            let new = try SecretDocument.edited(bytes, to: sealed.contents, path: old.path)
            change = .replace(path: old.path, old: bytes, new: new)
        } else {
            change = .create(path: place.path, bytes: SecretDocument.make(id: place.id, sealed.contents))
        }
        // A provider may link the secret before or after it exists.
        try await session.apply([change], force: forcing.force)
        try session.warnOfUnlockedMemory()
        for line in sealed.lines(place) { try session.printLine(line) }
    }
}

extension SecretDocument {
    /// Returns the edited file.
    ///
    /// - Throws: ``CommandFailure`` when it cannot be edited.
    static func edited(_ source: [UInt8], to contents: Contents, path: String) throws -> [UInt8] {
        do {
            return try edit(source, to: contents)
        } catch { throw CommandFailure.impossible("\(path) cannot be edited", help: "see what is wrong: roster check") }
    }
}
