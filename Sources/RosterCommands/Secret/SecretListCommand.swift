import ArgumentParser
import RosterCompiler
import RosterDiagnostics
import RosterModel

struct SecretListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the secrets. Opens nothing.")

    @OptionGroup var globals: GlobalOptions

    @Option(help: "How to print them.")
    var format: ListFormat = .text

    func run() async throws {
        let session = try await EditSession(globals, .process)
        let secrets = session.survey.secrets
        guard format == .text else {
            var json = JSONWriter(.pretty, escapingInvisible: true)
            json.array { json in
                for secret in secrets {
                    json.element()
                    json.secret(secret, session)
                }
            }
            return try session.context.standardOutput.write(json.bytes + [UInt8(ascii: "\n")])
        }
        let rows = secrets.map { secret in
            [
                secret.fullName, "generation \(secret.generation)", secret.rotateBy.map { "rotate by \($0)" } ?? "",
                secret.allowedHosts.joined(separator: ", "),
            ]
        }
        for line in TextTable.lines(rows) { try session.say(line) }
    }
}
