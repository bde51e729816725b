import ArgumentParser
import RosterCatalogue
import RosterDiagnostics
import RosterModel
import RosterBytes
import RosterWorkspace

/// The command that prints the catalogue of models.
struct CatalogueShowCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print the repository's models.json, or the catalogue inside the program.",
        discussion: """
            Prints JSON, which can be the models.json of a repository. Without network: the facts are those of the day \
            on which each source was read.
            """
    )
    static let examples = ["roster models catalogue show --format text"]

    @OptionGroup var globals: GlobalOptions

    @Option(help: ArgumentHelp("Read this revision from git instead of the working tree.", valueName: "rev"))
    var rev: String?

    @Flag(help: "Print the catalogue inside the program, also in a repository with its own.")
    var builtIn = false

    @OptionGroup var output: FormatOptions<CatalogueFormat>

    func run(_ context: CommandContext) async throws {
        let catalogue = try await catalogue(context)
        guard output.format == .text else { return try context.standardOutput.write(catalogue.draft.document) }
        let lines = ["built \(catalogue.built), \(catalogue.count) models"] + TextTable.lines(catalogue.rows)
        let text = lines.map { PrintableText.escape($0, breakingCommands: context.isGitHubActions) + "\n" }.joined()
        try context.standardOutput.write(text)
    }

    private func catalogue(_ context: CommandContext) async throws -> ModelCatalogue {
        guard !builtIn else { return .builtIn }
        let repository = try Repository(globals, in: context, needsRoster: false)
        return try await repository.models(of: try await repository.source(revision: rev))
    }
}

/// A format of the catalogue, which is a file first.
enum CatalogueFormat: String, CaseIterable, ResultFormat {
    case json, text

    static let usual = CatalogueFormat.json
}

extension ModelCatalogue {
    /// The provider, model, retirement, successors and sources of each model.
    fileprivate var rows: [[String]] {
        draft.entries.map { entry in
            [
                entry.provider.rawValue, entry.model, entry.retires.map { "retires \($0)" } ?? "",
                entry.successors.joined(separator: ", "), entry.price?.words ?? "", entry.sourceWords,
            ]
        }
    }
}
