import RosterModel
import ArgumentParser
import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterJSON
import RosterSemantics
import RosterFrontend

struct KeyListCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the sealing keys.",
        aliases: ["ls"]
    )
    static let examples = ["roster key list"]

    @OptionGroup var globals: GlobalOptions

    @OptionGroup var output: ListFormatOptions

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        let keys = session.survey.sealingKeys
        func secrets(_ key: PartialRegistry.SealingKey) -> Int {
            session.survey.secrets.count { $0.boxes.contains { $0.key == key.id } }
        }
        try session.list(keys, as: output.format) { key in
            [key.id.description, key.isRetired ? "retired" : "active", counted(secrets(key), "secret"), key.name]
        } json: { key, json in
            json.object { json in
                json.name("id")
                json.string(key.id.description)
                json.name("publicKey")
                json.string(key.publicKey)
                json.name("name")
                json.string(ShownText.mask(key.name))
                json.name("retired")
                json.boolean(key.isRetired)
                json.name("secrets")
                json.integer(secrets(key))
            }
        }
    }
}
