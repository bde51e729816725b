import ArgumentParser
import RosterBytes
import RosterDiagnostics
import RosterGit
import RosterJSON
import RosterModel
import RosterReview
import RosterEditing
import RosterFrontend

struct BlameCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "blame",
        abstract: "Show each field of a provider with the commit that last changed its value.",
        discussion: "A value that is not committed yet has no commit. Moves and new formatting change no value."
    )
    static let examples = ["roster blame acme/gpt-4o"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>, a unique handle or an id", valueName: "provider"))
    var provider: String

    @OptionGroup var output: ListFormatOptions

    func run(_ context: CommandContext) async throws {
        let review = try await ReviewRun(globals, context)
        let blame = try await review { try await ProviderHistory(of: provider, in: $0).blame() }
        switch output.format {
        case .text: try context.standardOutput.write(text(of: blame, context))
        case .json: try context.standardOutput.write(json(of: blame))
        }
    }

    private func text(of blame: ProviderBlame, _ context: CommandContext) -> String {
        let rows = blame.lines.map { line in
            [
                line.entry.commit.map { String($0.prefix(12)) } ?? "not committed",
                line.entry.committedAt.map { String($0.description.prefix(10)) } ?? "",
                ShownText.mask(line.entry.author), line.field.path, Change.words(line.field.after),
            ].map { PrintableText.escape($0) }
        }
        return TextTable.lines(rows)
            .map { PrintableText.escape($0, breakingCommands: context.isGitHubActions) + "\n" }.joined()
    }

    private func json(of blame: ProviderBlame) -> [UInt8] {
        JSONWriter.document { json in
            json.name("version")
            json.integer(1)
            json.provider(blame.provider)
            json.name("fields")
            json.objects(of: blame.lines) { line, json in
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
