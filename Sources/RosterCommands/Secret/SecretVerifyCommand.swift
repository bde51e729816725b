import RosterModel
import ArgumentParser
import RosterCompiler
import RosterSemantics
import SealedBoxes
import RosterEditing

struct SecretVerifyCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Open secrets and compare the contents of their boxes with their files.",
        discussion: "Needs an identity. Prints no value. Exit code 3 when one does not open."
    )
    static let examples = ["roster secret verify", "roster secret verify acme/openai-prod"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>, a unique handle, or an id (default: all)", valueName: "secret"))
    var secret: String?

    @OptionGroup var identities: IdentityOptions

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        let secrets = try secret.map { [try session.editor.secret($0)] } ?? session.survey.secrets
        let ring = try session.identities(identities, for: session.survey.sealingKeys.map(\.id.description))
        var opener = try SecretOpener.make()
        try session.warnOfUnlockedMemory()
        var failed = secret == nil ? session.survey.unreadableSecrets.count : 0
        let progress = ProgressLine(verb: "verified", isQuiet: globals.quiet, session.context)
        for (number, secret) in secrets.enumerated() {
            do throws(SealingFailure) {
                try opener.verify(secret, with: ring)
            } catch {
                failed += 1
                progress.clear()
                CommandFailure(error).report(in: context)
            }
            if number.isMultiple(of: 256) { progress.show(number, of: secrets.count) }
        }
        progress.clear()
        if secret == nil {
            for name in session.survey.unreadableSecrets {
                CommandFailure.impossible("secrets/\(name).yaml has errors", help: "see them: roster check").report(
                    in: context
                )
            }
        }
        guard failed == 0 else { throw CommandFailure(exitCode: 3) }
        guard !globals.quiet else { return }
        try session.printLine(
            secrets.count == 1 ? "verified \(secrets[0].fullName)" : "verified \(secrets.count) secrets"
        )
    }
}
