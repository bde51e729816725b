import ArgumentParser
import RosterDiagnostics
import RosterJSON
import RosterModel
import RosterEditing
import RosterFrontend

struct PolicyListCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the policies.",
        aliases: ["ls"]
    )
    static let examples = ["roster policy list"]

    @OptionGroup var globals: GlobalOptions

    @OptionGroup var output: ListFormatOptions

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        let access = try await session.records(dated: false).access
        let policies = access?.policies ?? []
        if access == nil { try session.noteOpen() }
        guard output.format == .text else {
            return try session.list(policies, as: .json, row: { _ in [] }, json: { $1.policy($0) })
        }
        for policy in policies {
            let tokens = access?.tokens.count { $0.policies.contains(policy.name) } ?? 0
            try session.printLine("\(policy.name)  \(counted(tokens, "token"))")
            let rows = policy.statements.map { statement in
                [
                    "  " + statement.effect.rawValue, statement.actions.map(\.text).joined(separator: ", "),
                    statement.resources.map(\.text).joined(separator: ", "),
                ]
            }
            for line in TextTable.lines(rows) { try session.printMasked(line) }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func policy(_ policy: Access.Policy) {
        object { json in
            json.name("name")
            json.string(policy.name)
            json.name("statements")
            json.array(of: policy.statements) { statement, json in
                json.object { json in
                    json.name("effect")
                    json.string(statement.effect.rawValue)
                    json.name("action")
                    json.strings(statement.actions.map { ShownText.mask($0.text) })
                    json.name("resource")
                    json.strings(statement.resources.map { ShownText.mask($0.text) })
                }
            }
        }
    }
}
