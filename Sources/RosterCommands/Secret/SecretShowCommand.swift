import ArgumentParser
import RosterCompiler
import RosterDiagnostics
import RosterModel

struct SecretShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what is known of one secret. Opens nothing and needs no identity."
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle> or an id", valueName: "secret"))
    var secret: String

    @Option(help: "How to print it.")
    var format: ListFormat = .text

    func run() async throws {
        let session = try await EditSession(globals, .process)
        let secret = try session.secret(secret)
        guard format == .text else { return try session.print { $0.secret(secret, session) } }
        let names = Dictionary(session.survey.sealingKeys.map { ($0.id, $0.name) }) { first, _ in first }
        let linking = session.providersLinking(secret).map { $0.project + "/" + $0.handle }
        var rows = [
            ["secret", secret.fullName], ["id", secret.id], ["name", secret.name],
            ["allowed hosts", secret.allowedHosts.joined(separator: ", ")], ["generation", "\(secret.generation)"],
            ["fingerprint", secret.fingerprint], ["rotate by", secret.rotateBy?.description ?? "no date"],
            ["linked by", linking.isEmpty ? "no provider" : linking.joined(separator: ", ")],
        ]
        for box in secret.boxes {
            rows.append(["sealed to", "\(box.key) (\(names[box.key] ?? "not in roster.yaml"))"])
        }
        for line in TextTable.lines(rows) { try session.say(line) }
    }
}
