import RosterModel
import ArgumentParser
import RosterCompiler
import RosterEditing
import RosterSemantics
import SealedBoxes

struct SecretResealCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "reseal",
        abstract: "Seal values again, to today's active keys.",
        discussion: """
            Keeps value, generation and fingerprint, and drops the boxes of retired keys. With --host, one secret gets \
            other hosts and goes one generation up. Each file is written as a whole or not at all; what was interrupted \
            can be run again.
            """
    )
    static let examples = ["roster secret reseal --all"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>, a unique handle or an id", valueName: "secret"))
    var secret: String?

    @Flag(help: "Every secret that is not sealed to exactly the active keys.")
    var all = false

    @Option(
        help: ArgumentHelp(
            "A new host that the key may be sent to, or its URL; may be given several times.",
            valueName: "host"
        )
    )
    var host: [String] = []

    @OptionGroup var sealing: SealingOptions
    @OptionGroup var forcing: ForceOption
    @OptionGroup var identities: IdentityOptions

    func validate() throws {
        guard (secret != nil) != all else { throw ValidationError("Name one secret, or give --all.") }
        guard host.isEmpty || !all else { throw ValidationError("--host is for one secret.") }
    }

    func run(_ context: CommandContext) async throws {
        let hosts = host.isEmpty ? nil : try SecretTarget.entries(of: host)
        let session = try await EditSession(globals, context)
        let keys = try await session.recipients(sealing)
        let secrets = try secret.map { [try session.editor.secret($0)] } ?? session.editor.secrets(toResealTo: keys)
        let ring = try session.identities(identities, for: secrets.flatMap { $0.boxes.map(\.key.description) })
        let progress = ProgressLine(verb: "resealing", isQuiet: globals.quiet, context)
        defer { progress.clear() }
        let changes = try session.editor.resealing(secrets, to: keys, hosts: hosts, with: ring, progress: progress.show)
        progress.clear()
        try await session.apply(changes, force: forcing.force)
        try session.warnOfUnlockedMemory()
        try session.printLine(
            secrets.count == 1 ? "resealed \(secrets[0].fullName)" : "resealed \(secrets.count) secrets"
        )
        for key in keys { try session.printMasked("  to \(key.id) (\(key.name))") }
    }
}
