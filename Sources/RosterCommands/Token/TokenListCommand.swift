import ArgumentParser
import RosterDiagnostics
import RosterJSON
import RosterModel
import RosterEditing
import RosterFrontend

struct TokenListCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tokens, without their hashes.",
        aliases: ["ls"]
    )
    static let examples = ["roster token list"]

    @OptionGroup var globals: GlobalOptions

    @OptionGroup var output: ListFormatOptions

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        let access = try await session.records(dated: false).access
        if access == nil { try session.noteOpen() }
        let today = session.context.today
        try session.list(access?.tokens ?? [], as: output.format) { token in
            [
                token.id.description, token.policies.isEmpty ? "no policy" : token.policies.joined(separator: ", "),
                token.project.map { "only \($0)" } ?? "",
                token.expires.map { $0 < today ? "expired \($0)" : "until \($0)" } ?? "", token.name,
            ]
        } json: { token, json in
            json.object { json in
                json.name("id")
                json.string(token.id.description)
                json.name("name")
                json.string(ShownText.mask(token.name))
                json.name("policies")
                json.strings(token.policies)
                json.name("project")
                json.string(token.project?.text)
                json.name("expires")
                json.string(token.expires?.description)
            }
        }
    }
}

extension EditSession {
    /// Notes that clients need no token.
    func noteOpen() throws { try note("roster.yaml has no access section: every client of the server may read") }
}
