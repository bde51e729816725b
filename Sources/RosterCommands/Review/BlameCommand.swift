import ArgumentParser
import RosterBytes
import RosterDiagnostics
import RosterGit
import RosterJSON
import RosterModel
import RosterReview

struct BlameCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "blame",
        abstract: "Show each field of a provider with the commit that last changed its value.",
        discussion: "A value that is not committed yet has no commit. Moves and new formatting change no value."
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle> or an id", valueName: "provider"))
    var provider: String

    @Option(help: "How to print it.")
    var format: ListFormat = .text

    /// A field, and who last changed it.
    private struct Line {
        var field: Change.Field
        var entry: ProviderHistory.Entry
    }

    func run(_ context: CommandContext) async throws {
        let session = try await ReviewSession(globals, context)
        let history = ProviderHistory(session: session, name: provider)
        let (present, lines) = try await session.reporting { try await blame(history) }
        guard format == .json else {
            let rows = lines.map { line in
                [
                    line.entry.commit.map { String($0.prefix(12)) } ?? "not committed",
                    line.entry.committedAt.map { String($0.description.prefix(10)) } ?? "",
                    ShownText.mask(line.entry.author), line.field.path, Change.words(line.field.after),
                ].map { PrintableText.escape($0) }
            }
            let text = TextTable.lines(rows)
                .map { PrintableText.escape($0, breakingCommands: context.isGitHubActions) + "\n" }.joined()
            return try context.standardOutput.write(text)
        }
        var json = JSONWriter(.pretty, escapingInvisible: true)
        json.object { json in
            json.name("version")
            json.integer(1)
            json.name("provider")
            json.object { json in
                json.name("id")
                json.string(present.id)
                json.name("handle")
                json.string(present.handle)
            }
            json.name("fields")
            json.array { json in
                for line in lines {
                    json.element()
                    json.object { json in
                        json.name("path")
                        json.string(line.field.path)
                        json.name("value")
                        json.value(line.field.after)
                        json.name("line")
                        json.integer(line.field.line)
                        json.members(ofCommit: line.entry)
                    }
                }
            }
        }
        json.endLine()
        try context.standardOutput.write(json.bytes)
    }

    private func blame(_ history: ProviderHistory) async throws -> (Change, [Line]) {
        var entries: [ProviderHistory.Entry] = []
        let id: String
        do {
            entries = try await history.entries()
            guard let found = entries.first?.change.id else { throw gone }
            id = found
        } catch let failure as CommandFailure {
            // A provider that was never committed still has fields.
            guard let found = try await history.uncommittedID() else { throw failure }
            id = found
        }
        guard let present = try await history.present(id) else { throw gone }
        if let uncommitted = try await history.uncommitted(id) { entries.insert(uncommitted, at: 0) }
        var newest: [String: Int] = [:]
        for (index, entry) in entries.enumerated() {
            for field in entry.change.fields where newest[field.path] == nil { newest[field.path] = index }
        }
        let lines = present.fields.compactMap { field in
            (newest[field.path].map { entries[$0] } ?? entries.last).map { Line(field: field, entry: $0) }
        }
        return (present, lines)
    }

    private var gone: CommandFailure {
        .impossible(
            "the provider \"\(provider)\" is not in the working tree",
            help: "its history: roster log \(provider)"
        )
    }
}
