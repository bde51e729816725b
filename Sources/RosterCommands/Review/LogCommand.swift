import ArgumentParser
import RosterBytes
import RosterDiagnostics
import RosterGit
import RosterJSON
import RosterModel
import RosterReview

struct LogCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Show the history of one provider, change by change, with the risks that diff would tell.",
        discussion: "Follows the record by its id along the first parents of HEAD, whatever its file was called."
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle> or an id", valueName: "provider"))
    var provider: String

    @Option(help: "How to print it.")
    var format: ListFormat = .text

    func run(_ context: CommandContext) async throws {
        let session = try await ReviewSession(globals, context)
        let entries = try await session.reporting {
            try await ProviderHistory(session: session, name: provider).entries()
        }
        guard format == .json else {
            let options = RenderOptions(
                useColor: context.usesColor(globals.color, on: context.standardOutput),
                isQuiet: globals.quiet,
                breaksWorkflowCommands: context.isGitHubActions
            )
            return try context.standardOutput.write(Self.text(entries, options))
        }
        var json = JSONWriter(.pretty, escapingInvisible: true)
        json.object { json in
            json.name("version")
            json.integer(1)
            json.name("provider")
            json.object { json in
                json.name("id")
                json.string(entries.first?.change.id)
                json.name("handle")
                json.string(entries.first?.change.handle)
            }
            json.name("commits")
            json.array { json in
                for entry in entries {
                    json.element()
                    json.object { json in
                        json.members(ofCommit: entry)
                        json.name("changes")
                        json.changes([entry.change])
                    }
                }
            }
        }
        json.endLine()
        try context.standardOutput.write(json.bytes)
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

extension JSONWriter {
    /// Writes which commit an entry is of.
    mutating func members(ofCommit entry: ProviderHistory.Entry) {
        name("commit")
        string(entry.commit)
        name("committedAt")
        string(entry.committedAt?.description)
        name("author")
        string(entry.commit == nil ? nil : ShownText.mask(entry.author))
        name("subject")
        string(entry.commit == nil ? nil : ShownText.mask(entry.subject))
    }
}
