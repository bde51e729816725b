import ArgumentParser
import RosterCatalogue
import RosterEditing
import RosterModel
import RosterWorkspace

/// The command that builds a catalogue of models from files.
struct CatalogueBuildCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build a models.json from files that you fetched.",
        discussion: """
            The same files give the same bytes on the same day. Sources that disagree are both kept, and the earliest \
            retirement counts. A file with a mistake is refused, and nothing is written.
            """
    )
    static let examples = ["roster models catalogue build --merge models.json -o new.json"]

    @OptionGroup var globals: GlobalOptions

    @Option(help: ArgumentHelp("LiteLLM's model_prices_and_context_window.json.", valueName: "file"))
    var litellm: String?

    @Option(help: ArgumentHelp("The JSON of deprecations-rss.", valueName: "file"))
    var deprecations: String?

    @Option(help: ArgumentHelp("The api.json of models.dev.", valueName: "file"))
    var modelsDev: String?

    @Option(help: ArgumentHelp("Another catalogue, such as one that is kept by hand.", valueName: "file"))
    var merge: String?

    @Option(help: ArgumentHelp("The day on which the files were read (default: today).", valueName: "date"))
    var asOf: CalendarDate?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write (default: standard output).", valueName: "file")
    )
    var output: String?

    func run(_ context: CommandContext) async throws {
        let given: [(ModelFeed, String?)] = [
            (.litellm, litellm), (.deprecations, deprecations), (.modelsDev, modelsDev), (.merge, merge),
        ]
        let inputs = given.compactMap { feed, path in
            path.map { CatalogueBuild.Input(feed, path: context.absolutePath($0), shownAs: $0) }
        }
        guard !inputs.isEmpty else {
            throw CommandFailure.usage("a catalogue needs a source", help: "fetch one, and name it: --litellm FILE")
        }
        let document = try await CatalogueBuild(inputs, on: asOf ?? context.today).catalogue().document
        guard let output else { return try context.standardOutput.write(document) }
        var file = try AtomicFile(path: context.absolutePath(output), shownAs: output)
        try file.write(document)
        try file.finish()
    }
}
