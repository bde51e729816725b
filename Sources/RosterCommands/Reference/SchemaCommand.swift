import ArgumentParser
import RosterCompiler

struct SchemaCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema (draft-07) of one kind of file, for editors."
    )
    static let examples = ["roster schema provider > provider.schema.json"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: "The kind of file.")
    var kind: SchemaKind

    @OptionGroup var output: JSONFormatOptions

    func run(_ context: CommandContext) async throws {
        try context.standardOutput.write(FormatSchema.document(for: kind))
    }
}
