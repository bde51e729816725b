import ArgumentParser
import RosterBytes
import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterFrontend
import RosterModel
import RosterSemantics
import RosterSources
import SealedBoxes

struct SecretShowCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one secret, without its value. Needs no identity.",
        discussion: """
            With --textconv it is git's driver for showing sealed files: FILE as it is, with eight digits of each box's \
            digest in the box's place. init sets it up; elsewhere: \
            git config diff.roster.textconv "roster secret show --textconv"
            """,
        aliases: ["get"]
    )
    static let examples = ["roster secret show acme/openai-prod"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>, a unique handle or an id", valueName: "secret"))
    var secret: String?

    @Option(help: ArgumentHelp("Show a file for git's diff instead of a named secret.", valueName: "file"))
    var textconv: String?

    @OptionGroup var output: ListFormatOptions

    func validate() throws {
        guard (secret == nil) != (textconv == nil) else {
            throw ValidationError("Name a secret, or a file with --textconv.")
        }
    }

    func run(_ context: CommandContext) async throws {
        if let textconv {
            let text = try SealedFileText.text(ofFileAt: context.absolutePath(textconv), shownAs: textconv)
            return try context.standardOutput.write(text)
        }
        guard let name = secret else { return }
        let session = try await EditSession(globals, context)
        let secret = try session.editor.secret(name)
        guard output.format == .text else { return try session.print { $0.secret(secret, session) } }
        let names = Dictionary(session.survey.sealingKeys.map { ($0.id, $0.name) }) { first, _ in first }
        let linking = session.editor.providersLinking(secret).map { $0.project + "/" + $0.handle }
        let hosts = secret.allowedHosts.map(\.text)
        var rows = [
            ["secret", secret.fullName], ["id", secret.id], ["name", secret.name],
            ["allowed hosts", hosts.joined(separator: ", ")], ["generation", "\(secret.generation)"],
            ["fingerprint", secret.fingerprint.description], ["rotate by", secret.rotateBy?.description ?? "no date"],
            ["linked by", linking.isEmpty ? "no provider" : linking.joined(separator: ", ")],
        ]
        for box in secret.boxes {
            rows.append(["sealed to", "\(box.key) (\(names[box.key] ?? "not in roster.yaml"))"])
        }
        for line in TextTable.lines(rows) { try session.printMasked(line, showing: hosts) }
    }
}
