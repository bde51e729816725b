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
        guard format == .text else {
            var json = JSONWriter(.pretty, escapingInvisible: true)
            json.secret(secret, session)
            return try session.context.standardOutput.write(json.bytes + [UInt8(ascii: "\n")])
        }
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

extension JSONWriter {
    /// What is known of a secret, members named as in the registry.
    fileprivate mutating func secret(_ secret: RepositorySurvey.Secret, _ session: EditSession) {
        object { json in
            json.name("id")
            json.string(secret.id)
            json.name("projectId")
            json.string(secret.projectID)
            json.name("project")
            json.string(secret.project)
            json.name("handle")
            json.string(secret.handle)
            json.name("name")
            json.string(secret.name)
            json.name("allowedHosts")
            json.strings(secret.allowedHosts)
            json.name("generation")
            json.integer(secret.generation)
            json.name("fingerprint")
            json.string(secret.fingerprint)
            json.name("rotateBy")
            json.string(secret.rotateBy?.description)
            json.name("keys")
            json.strings(secret.boxes.map(\.key))
            json.name("linkedBy")
            json.strings(session.providersLinking(secret).map { $0.project + "/" + $0.handle })
        }
    }

    /// An array of texts.
    mutating func strings(_ texts: [String]) {
        array { json in
            for text in texts {
                json.element()
                json.string(text)
            }
        }
    }
}
