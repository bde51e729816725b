import ArgumentParser
import RosterCompiler
import RosterDiagnostics
import RosterModel
import RosterSemantics

struct SecretListCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the secrets, without their values.",
        aliases: ["ls"]
    )
    static let examples = ["roster secret list"]

    @OptionGroup var globals: GlobalOptions

    @OptionGroup var output: ListFormatOptions

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        try session.list(session.survey.secrets, as: output.format) { secret in
            [
                secret.fullName, "generation \(secret.generation)", secret.rotateBy.map { "rotate by \($0)" } ?? "",
                secret.allowedHosts.map(\.text).joined(separator: ", "),
            ]
        } showing: {
            $0.allowedHosts.map(\.text)
        } json: { secret, json in
            json.secret(secret, session)
        }
    }
}
