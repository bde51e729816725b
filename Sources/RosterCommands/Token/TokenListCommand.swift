import ArgumentParser
import RosterDiagnostics
import RosterModel

struct TokenListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tokens, without their hashes."
    )

    @OptionGroup var globals: GlobalOptions

    @Option(help: "How to print them.")
    var format: ListFormat = .text

    func run() async throws {
        let session = try await EditSession(globals, .process)
        let access = try await session.records(dated: false).access
        let tokens = access?.tokens ?? []
        guard format == .text else {
            var json = JSONWriter(.pretty, escapingInvisible: true)
            json.array { json in
                for token in tokens {
                    json.element()
                    json.object { json in
                        json.name("id")
                        json.string(token.id.description)
                        json.name("name")
                        json.string(token.name)
                        json.name("policies")
                        json.strings(token.policies)
                        json.name("project")
                        json.string(token.project?.text)
                        json.name("expires")
                        json.string(token.expires?.description)
                    }
                }
            }
            return try session.context.standardOutput.write(json.bytes + [UInt8(ascii: "\n")])
        }
        if access == nil { try session.note("roster.yaml has no access section: whoever reaches the server may read") }
        let today = session.context.today
        let rows = tokens.map { token in
            [
                token.id.description, token.policies.isEmpty ? "no policy" : token.policies.joined(separator: ", "),
                token.project.map { "only \($0)" } ?? "",
                token.expires.map { $0 < today ? "expired \($0)" : "until \($0)" } ?? "", token.name,
            ]
        }
        for line in TextTable.lines(rows) { try session.sayMasked(line) }
    }
}
