import ArgumentParser
import RosterCompiler
import RosterEditing
import SealedBoxes

struct KeyGenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract:
            "Make a sealing key: the private half into a file outside the repository, the public half into roster.yaml."
    )

    @OptionGroup var globals: GlobalOptions

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Where the identity goes (default: ~/.config/roster/identities).", valueName: "file")
    )
    var output: String?

    @Option(help: "A label for people (default: today's date).")
    var name: String?

    @Flag(help: "Leave roster.yaml alone.")
    var noAdd = false

    func run() async throws {
        ProcessHardening.apply()
        let context = CommandContext.process
        let identity: Identity
        do { identity = try Identity.generate() } catch {
            throw CommandFailure(SecretOpener.Failure.noMemory, "the key")
        }
        let key = identity.publicKey
        let writer = IdentityWriter(context: context)
        let path = try writer.path(output, key: key.id)
        guard !noAdd else {
            try writer.write(identity, to: path)
            return try context.standardOutput.write(
                "made \(key.id)\n  identity    \(path)\n  public key  \(key.base64)\n"
            )
        }
        let session = try await EditSession(globals, context)
        let change = try session.adding(key, name: name ?? "made \(context.today)")
        try writer.write(identity, to: path)
        try await session.applyNewKey(change)
        try session.say("made \(key.id) and added it to roster.yaml")
        try session.say("  identity    \(path)")
        try session.say("  public key  \(key.base64)")
        try session.sayWhatIsNext(key.id)
    }
}

struct KeyAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a public key to roster.yaml."
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("The public key in base64, as key generate prints it.", valueName: "public-key"))
    var publicKey: String

    @Option(help: "A label for people.")
    var name: String

    func run() async throws {
        let key: SealingPublicKey
        do {
            key = try SealingPublicKey(base64: Array(publicKey.utf8).span)
        } catch {
            throw CommandFailure.usage(
                "that is no public key",
                help: "it is 44 characters of base64, as roster key generate prints it"
            )
        }
        let session = try await EditSession(globals, .process)
        try await session.applyNewKey(try session.adding(key, name: name))
        try session.say("added \(key.id) to roster.yaml")
        try session.sayWhatIsNext(key.id)
    }
}

extension EditSession {
    /// The edit of roster.yaml that names one more key.
    fileprivate func adding(_ key: SealingPublicKey, name: String) throws -> FileChange {
        guard !survey.sealingKeys.contains(where: { $0.id == key.id }) else {
            throw CommandFailure.impossible("roster.yaml has the key \(key.id) already")
        }
        let old = try read(RepositoryLayout.rosterFile)
        do {
            let new = try SealingKeyDocument.add(id: key.id, publicKey: key.base64, name: name, to: old)
            return .replace(path: RepositoryLayout.rosterFile, old: old, new: new)
        } catch {
            throw CommandFailure.impossible("roster.yaml cannot be edited", help: "see what is wrong: roster check")
        }
    }

    /// Writes it; that secrets lack a box for the new key is what `reseal` mends.
    fileprivate func applyNewKey(_ change: FileChange) async throws {
        try await apply([change], expecting: ["missing-box"])
    }

    fileprivate func sayWhatIsNext(_ key: String) throws {
        guard !survey.secrets.isEmpty else { return }
        try say("next: roster secret reseal --all --trust-key \(key)")
    }
}
