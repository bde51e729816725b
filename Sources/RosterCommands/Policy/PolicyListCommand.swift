import ArgumentParser
import RosterDiagnostics
import RosterModel

struct PolicyListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the policies.")

    @OptionGroup var globals: GlobalOptions

    @Option(help: "How to print them.")
    var format: ListFormat = .text

    func run() async throws {
        let session = try await EditSession(globals, .process)
        let access = try await session.records(dated: false).access
        let policies = access?.policies ?? []
        guard format == .text else {
            var json = JSONWriter(.pretty, escapingInvisible: true)
            json.array { json in
                for policy in policies {
                    json.element()
                    json.policy(policy)
                }
            }
            return try session.context.standardOutput.write(json.bytes + [UInt8(ascii: "\n")])
        }
        if access == nil { try session.note("roster.yaml has no access section: whoever reaches the server may read") }
        for policy in policies {
            let tokens = access?.tokens.count { $0.policies.contains(policy.name) } ?? 0
            try session.say("\(policy.name)  \(tokens) \(tokens == 1 ? "token" : "tokens")")
            let rows = policy.statements.map { statement in
                [
                    "  " + statement.effect.rawValue, statement.actions.joined(separator: ", "),
                    statement.resources.joined(separator: ", "),
                ]
            }
            for line in TextTable.lines(rows) { try session.say(line) }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func policy(_ policy: Access.Policy) {
        object { json in
            json.name("name")
            json.string(policy.name)
            json.name("statements")
            json.array { json in
                for statement in policy.statements {
                    json.element()
                    json.object { json in
                        json.name("effect")
                        json.string(statement.effect.rawValue)
                        json.name("action")
                        json.strings(statement.actions)
                        json.name("resource")
                        json.strings(statement.resources)
                    }
                }
            }
        }
    }
}
