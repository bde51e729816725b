import ArgumentParser
import RosterBytes
import RosterDiagnostics
import RosterGit
import RosterJSON
import RosterModel
import RosterReview
import RosterEditing
import RosterFrontend

struct LogCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Show the history of one provider, change by change, with the risks that diff reports.",
        discussion: "Follows the record by its id along the first parents of HEAD, across renames of its file."
    )
    static let examples = ["roster log acme/gpt-4o"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>, a unique handle or an id", valueName: "provider"))
    var provider: String

    @OptionGroup var output: ListFormatOptions

    func run(_ context: CommandContext) async throws {
        let review = try await ReviewRun(globals, context)
        let entries = try await review { try await ProviderHistory(of: provider, in: $0).entries() }
        switch output.format {
        case .text:
            try context.standardOutput.write(Self.text(entries, context.renderOptions(globals)))
        case .json: try context.standardOutput.write(Self.json(entries))
        }
    }

    private static func json(_ entries: [ProviderHistory.Entry]) -> [UInt8] {
        JSONWriter.document { json in
            json.name("version")
            json.integer(1)
            json.provider(entries.first?.change)
            json.name("commits")
            json.objects(of: entries) { entry, json in
                json.members(ofCommit: entry)
                json.name("changes")
                json.changes([entry.change])
            }
        }
    }

    private static func text(_ entries: [ProviderHistory.Entry], _ options: RenderOptions) -> String {
        func printable(_ text: String) -> String {
            PrintableText.escape(text, breakingCommands: options.breaksWorkflowCommands)
        }
        return entries.map { entry in
            let date = entry.committedAt.map { "\($0)" } ?? ""
            let title = "\(entry.commit ?? "")  \(date)  \(printable(ShownText.mask(entry.author)))\n"
            return title + "    \(printable(ShownText.mask(entry.subject)))\n\n"
                + ReviewTextRenderer(options).rows([entry.change])
        }.joined()
    }
}
