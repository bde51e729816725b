import ArgumentParser
import RosterCompiler
import RosterDiagnostics
import RosterEditing

struct KeyListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the sealing keys.")

    @OptionGroup var globals: GlobalOptions

    @Option(help: "How to print them.")
    var format: ListFormat = .text

    func run() async throws {
        let session = try await EditSession(globals, .process)
        let keys = session.survey.sealingKeys
        func secrets(_ key: RepositorySurvey.SealingKey) -> Int {
            session.survey.secrets.count { $0.boxes.contains { $0.key == key.id } }
        }
        guard format == .text else {
            var json = JSONWriter(.pretty, escapingInvisible: true)
            json.array { json in
                for key in keys {
                    json.element()
                    json.object { json in
                        json.name("id")
                        json.string(key.id)
                        json.name("publicKey")
                        json.string(key.publicKey)
                        json.name("name")
                        json.string(key.name)
                        json.name("retired")
                        json.boolean(key.isRetired)
                        json.name("secrets")
                        json.integer(secrets(key))
                    }
                }
            }
            return try session.context.standardOutput.write(json.bytes + [UInt8(ascii: "\n")])
        }
        let rows = keys.map { key in
            let count = secrets(key)
            return [
                key.id, key.isRetired ? "retired" : "active", "\(count) \(count == 1 ? "secret" : "secrets")", key.name,
            ]
        }
        for line in TextTable.lines(rows) { try session.say(line) }
    }
}

struct KeyRetireCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire",
        abstract: "Mark a sealing key as retired: nothing new is sealed to it.",
        discussion: """
            History stays readable to whoever holds the identity. When it may have been stolen, rotate the keys that \
            this command lists at their providers.
            """
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("The key's id.", valueName: "rk_…"))
    var key: String

    @Flag(help: "Write although check would have a new error.")
    var force = false

    func run() async throws {
        let session = try await EditSession(globals, .process)
        guard let found = session.survey.sealingKeys.first(where: { $0.id == key }) else {
            throw CommandFailure.impossible("roster.yaml has no sealing key \(key)", help: "list them: roster key list")
        }
        guard !found.isRetired else { return try session.say("\(key) is retired already") }
        let old = try session.read(RepositoryLayout.rosterFile)
        let new: [UInt8]
        do {
            new = try SealingKeyDocument.retire(key, in: old)
        } catch {
            throw CommandFailure.impossible("roster.yaml cannot be edited", help: "see what is wrong: roster check")
        }
        try await session.apply([.replace(path: RepositoryLayout.rosterFile, old: old, new: new)], force: force)
        try session.say("retired \(key) (\(found.name))")
        let readable = session.survey.secrets.filter { $0.boxes.contains { $0.key == key } }
        guard !readable.isEmpty else { return }
        try session.say("whoever holds its identity can still read, from history, the keys of:")
        for secret in readable {
            try session.say("  \(secret.fullName)  \(secret.allowedHosts.joined(separator: ", "))")
        }
        try session.say("next: roster secret reseal --all, and rotate these keys at their providers if it was stolen")
    }
}
